// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/message_shape.h"
#include "protocol/kaitai/base/limits.h"
#include "protocol/kaitai/base/mistake.h"
#include "protocol/kaitai/base/tree.h"
#include "protocol/sender.h"

#include <QByteArrayView>

#include <tl/expected.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace sockeye::kaitai {

struct Program;
struct TypeSpec;
class Cutter;

/// The text of a .ksy file and the name that mistakes in it are reported with.
struct Source {
    QString file;
    QByteArray text;
};

/// Finds what a description imports: `name` as it stands there, without ".ksy" ("common/header", "/network/ip"), and
/// the file that it stands in. Nothing if there is no such file; the same file must always get the same name.
using Importer = std::function<std::optional<Source>(const QString& name, const QString& from)>;

using sockeye::Sender;

/// A script for Wireshark, and what it does not show of the messages as Sockeye does, a sentence each.
struct LuaDissector {
    QByteArray lua;
    QStringList missing;
};

/// A description that was loaded and found right. Immutable; any number of threads may use it.
class Description {
public:
    ~Description();
    Description(const Description&) = delete;
    Description& operator=(const Description&) = delete;

    [[nodiscard]] QByteArray id() const; ///< meta/id
    [[nodiscard]] QString title() const; ///< meta/title; may be empty
    [[nodiscard]] const QStringList& files() const { return m_files; } ///< it and what it imports
    [[nodiscard]] const QList<Mistake>& warnings() const { return m_warnings; }
    [[nodiscard]] QByteArray pairPath() const; ///< -pair; empty if replies come in order
    [[nodiscard]] qint64 maxMessage(const Limits& limits) const; ///< the smaller one of -max and the limits' own
    [[nodiscard]] bool hasSenderTypes() const; ///< client and server send different types

    /// Why its messages cannot be told apart in a stream, as over TCP, with what would help. Nothing if they can.
    [[nodiscard]] std::optional<Mistake> cuttingProblem(Sender sender = Sender::Either) const;

    /// Whether its fields have rules (-value, -checksum) that a message may break and still be cut rightly.
    [[nodiscard]] bool hasOwnRules() const;

    /// What its messages consist of: for forms, filters and code that is made of it.
    [[nodiscard]] MessageShape shape(Sender sender = Sender::Either) const;

    /// Decodes a whole message. What does not fit is in the tree's `faults`; what was read before is in it, too.
    /// `withInstances`: computes and reads all instances that can be.
    [[nodiscard]] Tree decode(QByteArrayView message, const Limits& limits = {}, Sender sender = Sender::Either,
        bool withInstances = true) const;

    /// The first thing that decode() would say is wrong with a message, without the work for a tree. `size`, if it is
    /// not null, becomes the bytes that its sequence took.
    [[nodiscard]] std::optional<TreeFault> faultOf(QByteArrayView message, const Limits& limits = {},
        Sender sender = Sender::Either, qint64* size = nullptr) const;

    /// The bytes of a message from its values, in the form that toJson() gives. Sizes, counts and conditions that refer
    /// to an integer field which is not given are turned round; contents, `valid`, -value and -checksum fill
    /// themselves; what is given is taken as it is, also where it contradicts the rest. Instances and parameters are
    /// ignored. The error names the field that is wrong, or that must be given.
    [[nodiscard]] tl::expected<QByteArray, TreeFault> build(
        QByteArrayView json, const Limits& limits = {}, Sender sender = Sender::Either) const;

    /// `changed` is `message` with other bytes in some places, none more and none less: the same with its checksums
    /// (-checksum) computed again, where those of `message` stand.
    [[nodiscard]] QByteArray withChecksums(QByteArrayView message, const QByteArray& changed, const Limits& limits = {},
        Sender sender = Sender::Either) const;

    /// A dissector in Lua for Wireshark and tshark (3.6 and later) that reads messages as decode() does: fields of
    /// filters are ID_ksy.FIELD, and ID_ksy.TYPE.FIELD of other types than the root. "Decode as" puts it to a port.
    [[nodiscard]] LuaDissector dissector() const;

    /// The messages of its own examples (-self-test), right and wrong ones.
    [[nodiscard]] QList<QByteArray> examples() const;
    /// Runs the description's own examples (-self-test); a sentence for each that fails.
    [[nodiscard]] QList<Mistake> selfTest() const;

private:
    friend class Cutter;
    friend class Loader;
    explicit Description(std::shared_ptr<Program> program);
    [[nodiscard]] const TypeSpec& root(Sender sender) const;

    std::shared_ptr<Program> m_program; ///< also of its trees, which point at names in it
    const TypeSpec* m_client = nullptr;
    const TypeSpec* m_server = nullptr;
    QStringList m_files;
    QList<Mistake> m_warnings;
};

/// Loads a description: all mistakes that are found at once, or something that can be used.
[[nodiscard]] tl::expected<std::shared_ptr<const Description>, QList<Mistake>> load(
    const Source& source, const Importer& importer = {});

} // namespace sockeye::kaitai
