// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/encode/json_value.h"

#include "protocol/json/json_reader.h"
#include "protocol/json/json_scanner.h"
#include "protocol/json/json_string.h"
#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

namespace {

constexpr int deepestJson = 200;

/// Tokens of a text that was found right before.
JsonValue valueFrom(json::Scanner& scanner, json::Token token)
{
    JsonValue out;
    switch (token) {
    case json::Token::ObjectBegin:
        out.kind = JsonValue::Kind::Object;
        while (scanner.next() == json::Token::Key) {
            out.keys.push_back(json::decodeString(scanner.text()));
            out.items.push_back(valueFrom(scanner, scanner.next()));
        }
        break;
    case json::Token::ArrayBegin:
        out.kind = JsonValue::Kind::Array;
        for (json::Token next = scanner.next(); next != json::Token::ArrayEnd; next = scanner.next()) {
            out.items.push_back(valueFrom(scanner, next));
        }
        break;
    case json::Token::String:
        out.kind = JsonValue::Kind::Text;
        out.text = json::decodeString(scanner.text());
        break;
    case json::Token::Number:
        out.kind = JsonValue::Kind::Number;
        out.text = scanner.text().toByteArray();
        break;
    case json::Token::Literal:
        out.text = scanner.text().toByteArray();
        out.kind = out.text == "null" ? JsonValue::Kind::Null : JsonValue::Kind::Boolean;
        break;
    default:
        break;
    }
    return out;
}

} // namespace

const JsonValue* JsonValue::find(QByteArrayView key) const
{
    for (std::size_t i = keys.size(); i > 0; --i) {
        if (keys[i - 1] == key) {
            return items[i - 1].kind == Kind::Null ? nullptr : &items[i - 1];
        }
    }
    return nullptr;
}

tl::expected<JsonValue, QString> readJson(QByteArrayView utf8)
{
    const auto checked = json::read(utf8, deepestJson);
    if (!checked) {
        const json::Problem& problem = checked.error();
        return tl::unexpected(tr("This is not JSON, at byte %1: expected %2, found %3.")
                                  .arg(QString::number(problem.offset), problem.expected, problem.found));
    }
    json::Scanner scanner(utf8, deepestJson);
    return valueFrom(scanner, scanner.next());
}

} // namespace sockeye::kaitai
