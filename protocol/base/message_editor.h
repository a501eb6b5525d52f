// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/alteration.h"
#include "protocol/framing/frame.h"
#include "protocol/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace sockeye {

class Protocol;

/// A whole message whose parts can be exchanged, one at a time, so that what depends on them stays right: lengths,
/// counts, checksums. Each protocol has its own (Protocol::newEditor()); this one is right for a message that is all
/// content but for its last bytes.
///
/// Every result is the whole message anew, or a sentence that says why there is none.
class MessageEditor {
public:
    /// `message` must outlive it. `end`: its last bytes are no content, but say that it ends.
    explicit MessageEditor(QByteArrayView message, qsizetype end = 0);
    virtual ~MessageEditor();
    MessageEditor(const MessageEditor&) = delete;
    MessageEditor& operator=(const MessageEditor&) = delete;

    /// What it carries, without the form in which that came: escapes undone, chunks joined.
    [[nodiscard]] virtual QByteArray content() const;
    [[nodiscard]] virtual Altered withContent(QByteArrayView content) const;
    /// A field beside the content, "header.…" or one of the protocol's own, as people write its value; left out where
    /// `value` is nothing.
    [[nodiscard]] virtual Altered withField(const QByteArray& path, const std::optional<QString>& value) const;
    [[nodiscard]] virtual Altered withLength(qint64 by) const;
    [[nodiscard]] virtual Altered withBrokenText(quint64 drawn) const;
    [[nodiscard]] virtual Altered withSwappedOrder() const;

protected:
    [[nodiscard]] QByteArrayView message() const { return m_message; }
    /// The message with other bytes in the place of some of its own.
    [[nodiscard]] QByteArray spliced(qint64 offset, qint64 size, QByteArrayView bytes) const;

    // Errors.
    [[nodiscard]] static Altered lacks(QByteArrayView path);
    [[nodiscard]] static Altered lacksLength();
    [[nodiscard]] static Altered lacksText();
    [[nodiscard]] static Altered noRoom(qint64 length);

private:
    QByteArrayView m_message;
    qsizetype m_end;
};

/// What could not be done to any message of the protocol, in a sentence; empty where some of them can be altered so.
[[nodiscard]] QString whyNotAltered(const Protocol& protocol, Alteration::Kind kind);

/// The message, changed so. `frame` is the whole of it, as the protocol has cut it.
[[nodiscard]] Altered altered(const Protocol& protocol, const Alteration& alteration, const Frame& frame,
    QByteArrayView message, const Limits& limits = {});

} // namespace sockeye
