// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_reader.h"

#include "protocol/json/json_string.h"
#include "protocol/json/plain_object.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>

// Three ways to the same answer. Short texts are first tried as the plain object that headers and requests nearly
// always are, in one pass. Texts up to 64 KiB go through simdjson, with a parser and a padded buffer that each thread
// keeps: no allocation. What simdjson does not accept goes through the scanner, which decides: it knows where exactly
// an error is, and it accepts numbers that no 64-bit type holds, which are JSON all the same. Longer texts go to the
// scanner at once: simdjson's index and tape take up to twelve times the size of the text, which a peer could make us
// allocate; the scanner takes none and is still fast enough. So do short ones that are not plain: the scanner is
// through with them before simdjson has set itself up.

namespace sockeye::json {

namespace {

constexpr size_t fastCapacity = 64 * 1024;
constexpr qsizetype shortText = 256;

struct FastReader {
    simdjson::dom::parser parser { fastCapacity };
    size_t depth = 0;
    std::array<char, fastCapacity + simdjson::SIMDJSON_PADDING> padded {};
};

FastReader& fastReader()
{
    static thread_local FastReader reader;
    return reader;
}

Value convert(simdjson::dom::element element)
{
    Value value;
    switch (element.type()) {
    case simdjson::dom::element_type::OBJECT:
        value.type = Type::Object;
        break;
    case simdjson::dom::element_type::ARRAY:
        value.type = Type::Array;
        break;
    case simdjson::dom::element_type::STRING: {
        std::string_view text;
        if (element.get(text) == simdjson::SUCCESS) {
            value.text = QByteArrayView(text.data(), static_cast<qsizetype>(text.size()));
        }
        value.type = Type::String;
        break;
    }
    case simdjson::dom::element_type::INT64: {
        int64_t integer = 0;
        if (element.get(integer) == simdjson::SUCCESS) {
            value.integer = integer;
        }
        value.type = Type::Integer;
        break;
    }
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE:
        value.type = Type::Number;
        break;
    case simdjson::dom::element_type::BOOL:
        value.type = Type::Boolean;
        break;
    case simdjson::dom::element_type::NULL_VALUE:
        value.type = Type::Null;
        break;
    }
    return value;
}

/// The type of the text's value, or nothing if simdjson does not take it.
std::optional<Type> readFast(QByteArrayView utf8, int maxDepth, MemberVisitor* visitor)
{
    FastReader& reader = fastReader();
    const auto size = static_cast<size_t>(utf8.size());
    // simdjson does not count an empty innermost container: given our limit it accepts no more than the scanner does.
    const auto depth = static_cast<size_t>(maxDepth);
    if (reader.depth != depth) {
        if (reader.parser.allocate(fastCapacity, depth) != simdjson::SUCCESS) {
            return std::nullopt;
        }
        reader.depth = depth;
    }
    std::memcpy(reader.padded.data(), utf8.data(), size);
    std::memset(reader.padded.data() + size, ' ', simdjson::SIMDJSON_PADDING);
    simdjson::dom::element root;
    if (reader.parser.parse(reader.padded.data(), size, false).get(root) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) {
        return convert(root).type;
    }
    if (visitor != nullptr) {
        for (const auto [key, element] : object) {
            visitor->member(QByteArrayView(key.data(), static_cast<qsizetype>(key.size())), convert(element));
        }
    }
    return Type::Object;
}

Type numberType(QByteArrayView text, qint64& integer)
{
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, integer);
    return stop == end && error == std::errc() ? Type::Integer : Type::Number;
}

Type literalType(QByteArrayView text)
{
    return text == "null" ? Type::Null : Type::Boolean;
}

/// What the key or string that the scanner is at says: where it stands in the text, if nothing in it is escaped, or
/// else in `scratch`.
QByteArrayView saidText(const Scanner& scanner, QByteArray& scratch)
{
    const QByteArrayView token = scanner.text();
    if (!scanner.hasEscapes()) {
        return token.sliced(1, token.size() - 2);
    }
    scratch = decodeString(token);
    return scratch;
}

/// The value that `token` begins; the scanner is left at its end. Nothing if it fails before.
std::optional<Value> scanValue(Scanner& scanner, Token token, QByteArray& scratch)
{
    Value value;
    switch (token) {
    case Token::ObjectBegin:
    case Token::ArrayBegin:
        value.type = token == Token::ObjectBegin ? Type::Object : Type::Array;
        if (scanner.skipContainer() == Token::Failed) {
            return std::nullopt;
        }
        break;
    case Token::String:
        value.type = Type::String;
        value.text = saidText(scanner, scratch);
        break;
    case Token::Number:
        value.type = numberType(scanner.text(), value.integer);
        break;
    case Token::Literal:
        value.type = literalType(scanner.text());
        break;
    default:
        return std::nullopt;
    }
    return value;
}

tl::expected<Type, Problem> scan(QByteArrayView utf8, int maxDepth, MemberVisitor* visitor)
{
    const qsizetype valid = validUtf8Prefix(utf8);
    if (valid < utf8.size()) {
        Problem problem;
        problem.kind = Problem::Kind::NotUtf8;
        problem.offset = valid;
        problem.found = describeByte(static_cast<uchar>(utf8[valid]));
        problem.expected = QStringLiteral("UTF-8");
        return tl::unexpected(problem);
    }
    Scanner scanner(utf8, maxDepth);
    QByteArray keyScratch;
    QByteArray valueScratch;
    const Token token = scanner.next();
    Type type = Type::Object;
    if (token == Token::ObjectBegin && visitor != nullptr) {
        while (scanner.next() == Token::Key) {
            const QByteArrayView key = saidText(scanner, keyScratch);
            const auto value = scanValue(scanner, scanner.next(), valueScratch);
            if (!value) {
                break;
            }
            visitor->member(key, *value);
        }
    } else if (token != Token::Failed) {
        // Only the type matters: text is not decoded.
        type = token == Token::ObjectBegin ? Type::Object
            : token == Token::ArrayBegin   ? Type::Array
            : token == Token::String       ? Type::String
            : token == Token::Number       ? Type::Number
                                           : literalType(scanner.text());
        if (token == Token::ObjectBegin || token == Token::ArrayBegin) {
            scanner.skipContainer();
        }
    }
    return scanner.next() == Token::End ? tl::expected<Type, Problem>(type) : tl::unexpected(scanner.problem());
}

} // namespace

QString typeName(Type type)
{
    switch (type) {
    case Type::Object:
        return QStringLiteral("an object");
    case Type::Array:
        return QStringLiteral("an array");
    case Type::String:
        return QStringLiteral("a string");
    case Type::Integer:
    case Type::Number:
        return QStringLiteral("a number");
    case Type::Boolean:
        return QStringLiteral("true or false");
    case Type::Null:
        return QStringLiteral("null");
    }
    return {};
}

tl::expected<Type, Problem> read(QByteArrayView utf8, int maxDepth, MemberVisitor* visitor)
{
    const int limit = qBound(0, maxDepth, Scanner::depthCapacity);
    if (utf8.size() <= shortText && limit > 0 && readPlainObject(utf8, visitor)) {
        return Type::Object;
    }
    if (utf8.size() > shortText && static_cast<size_t>(utf8.size()) <= fastCapacity && limit > 1) {
        if (const auto type = readFast(utf8, limit, visitor)) {
            return *type;
        }
    }
    return scan(utf8, limit, visitor);
}

} // namespace sockeye::json
