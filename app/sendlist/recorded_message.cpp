// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sendlist/recorded_message.h"

#include "app/repeat/reply_row.h"
#include "app/sendlist/list_file.h"
#include "protocol/json/json_scanner.h"
#include "protocol/json/json_string.h"
#include "protocol/protocols/registry.h"
#include "protocol/text/utf8.h"

#include <utility>

namespace sockeye {

namespace {

using rules::TomlMember;
using rules::TomlValue;

constexpr int deepestForm = 16; ///< what lies deeper in each other reads no better than bytes do
constexpr qsizetype mostParts = 64; ///< values of a form that somebody would still read
constexpr qsizetype mostOfForm = 16 * 1024; ///< bytes of such a message

/// A single brace would begin a place that the reply before fills.
QString withBraces(const QString& text)
{
    return QString(text).replace(u"{"_qs, u"{{"_qs).replace(u"}"_qs, u"}}"_qs);
}

TomlValue textValue(const QString& text)
{
    TomlValue value;
    value.kind = TomlValue::Kind::Text;
    value.text = withBraces(text);
    return value;
}

/// Of digits that are written as they would be again; else nothing.
std::optional<TomlValue> integerValue(const QString& text)
{
    bool ok = false;
    TomlValue value;
    value.kind = TomlValue::Kind::Integer;
    value.integer = text.toLongLong(&ok);
    return ok && QString::number(value.integer) == text ? std::optional(value) : std::nullopt;
}

/// JSON as a value of TOML, members in their order; nothing where TOML has no such value, or too many.
class FormOfJson {
public:
    explicit FormOfJson(QByteArrayView text)
        : m_scanner(text, deepestForm)
    {
    }
    std::optional<TomlValue> whole()
    {
        auto value = next(m_scanner.next());
        return value && m_scanner.next() == json::Token::End ? value : std::nullopt;
    }

private:
    std::optional<TomlValue> next(json::Token token) // NOLINT(misc-no-recursion): the scanner's depth is bounded
    {
        if (++m_parts > mostParts) {
            return std::nullopt;
        }
        switch (token) {
        case json::Token::ObjectBegin:
            return object();
        case json::Token::ArrayBegin:
            return array();
        case json::Token::String:
            return textValue(textFromUtf8(json::decodeString(m_scanner.text())));
        case json::Token::Number:
            return number();
        case json::Token::Literal:
            return literal();
        default:
            return std::nullopt;
        }
    }
    std::optional<TomlValue> object() // NOLINT(misc-no-recursion)
    {
        TomlValue table;
        for (json::Token token = m_scanner.next(); token != json::Token::ObjectEnd; token = m_scanner.next()) {
            if (token != json::Token::Key) {
                return std::nullopt;
            }
            TomlMember member;
            member.key = textFromUtf8(json::decodeString(m_scanner.text()));
            auto value = next(m_scanner.next());
            if (!value) {
                return std::nullopt;
            }
            member.value = *std::move(value);
            table.members.push_back(std::move(member));
        }
        return table;
    }
    std::optional<TomlValue> array() // NOLINT(misc-no-recursion)
    {
        TomlValue list;
        list.kind = TomlValue::Kind::Array;
        for (json::Token token = m_scanner.next(); token != json::Token::ArrayEnd; token = m_scanner.next()) {
            auto value = next(token);
            if (!value) {
                return std::nullopt;
            }
            list.items.push_back(*std::move(value));
        }
        return list;
    }
    [[nodiscard]] std::optional<TomlValue> number() const
    {
        const QString text = QString::fromLatin1(m_scanner.text());
        if (auto integer = integerValue(text)) {
            return integer;
        }
        TomlValue value;
        value.kind = TomlValue::Kind::Real;
        value.real = text.toDouble();
        return value;
    }
    [[nodiscard]] std::optional<TomlValue> literal() const
    {
        TomlValue value;
        value.kind = TomlValue::Kind::Boolean;
        value.integer = m_scanner.text() == "true" ? 1 : 0;
        return m_scanner.text() == "null" ? std::nullopt : std::optional(value);
    }

    json::Scanner m_scanner;
    qsizetype m_parts = 0;
};

/// Each under its whole path: "items[0].size" as a key says the same as tables and lists in each other.
TomlValue formOf(const QList<FieldValue>& fields)
{
    TomlValue table;
    for (const FieldValue& field : fields) {
        TomlMember member;
        member.key = QString::fromUtf8(field.path);
        member.value = integerValue(field.value).value_or(textValue(field.value));
        table.members.push_back(std::move(member));
    }
    return table;
}

/// The message of that content, if it gives these bytes.
std::optional<ListMessage> exactly(
    ListMessage::Content content, TomlValue value, const QByteArray& bytes, const MessageUse& use)
{
    ListMessage message;
    message.content = content;
    message.value = std::move(value);
    return bytesOf(message, use) == bytes ? std::optional(message) : std::nullopt;
}

} // namespace

std::optional<QByteArray> bytesOf(const ListMessage& message, const MessageUse& use)
{
    SendList list;
    list.messages.push_back(message);
    const ListFile read = readListText(sendListText(list), {}, use.protocol, use.transport);
    if (!read.prepared) {
        return std::nullopt;
    }
    const ProtocolPtr spoken = spokenOver(use.protocol, use.transport, Sender::Client);
    auto bytes = read.prepared->messages.front().make(ReplyRow::none(), *spoken, {});
    return bytes ? std::optional(*std::move(bytes)) : std::nullopt;
}

ListMessage recordedMessage(
    const QByteArray& bytes, const Protocol& protocol, const Frame& frame, const MessageUse& use)
{
    ListMessage plain = ListMessage::ofBytes(bytes, use.encoding);
    if (plain.content == ListMessage::Content::Text || bytes.size() > mostOfForm) {
        return plain;
    }
    const Limits limits;
    QByteArray content = protocol.decodedParts(DecodedPart::Content, frame, bytes, limits).content;
    if (content.isEmpty() && frame.contentOffset > 0 && frame.contentOffset < bytes.size()) {
        content = bytes.sliced(frame.contentOffset); // where nothing says that it is JSON
    }
    if (const auto json = content.isEmpty() ? std::nullopt : FormOfJson(content).whole()) {
        if (auto message = exactly(ListMessage::Content::Json, *json, bytes, use)) {
            return *std::move(message);
        }
    }
    const QList<FieldValue> fields = protocol.values(bytes, limits);
    if (!fields.isEmpty() && fields.size() <= mostParts) {
        if (auto message = exactly(ListMessage::Content::Fields, formOf(fields), bytes, use)) {
            return *std::move(message);
        }
    }
    return plain;
}

} // namespace sockeye
