// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/rules/template.h"
#include "protocol/rules/toml_text.h"

namespace sockeye::rules {

struct Surroundings;

/// What a rule makes of a message in a protocol: another one. A value.
class ReplyMaker {
public:
    /// `table` is what stands behind `reply` or `replace` in `text`; `groups`: how many those of the rule's filter are.
    [[nodiscard]] static Result<ReplyMaker> read(
        const TomlValue& table, QStringView text, const Surroundings& around, int groups);
    /// The same of one key and its value, such as `hex = "00 01"`.
    [[nodiscard]] static Result<ReplyMaker> readMember(
        const TomlMember& member, QStringView text, const Surroundings& around, int groups);
    [[nodiscard]] static const QStringList& keys(); ///< by which a message is given

    /// The bytes of a message of `sender`; the error is a sentence.
    [[nodiscard]] tl::expected<QByteArray, QString> make(Met& met, const Protocol& protocol, Sender sender) const;

private:
    enum class Kind : quint8 {
        Exact, ///< hex, file: these bytes
        Text,
        Json,
        Fields,
    };
    struct Field {
        QByteArray path;
        Template value;
    };
    class Reader;

    Kind m_kind = Kind::Exact;
    Template m_content; ///< of all but Fields
    std::vector<Field> m_fields;
};

} // namespace sockeye::rules
