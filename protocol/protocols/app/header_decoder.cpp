// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/header_decoder.h"

#include "protocol/json/json_reader.h"
#include "protocol/json/json_string.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/encoding.h"
#include "protocol/text/visible_text.h"
#include "protocol/text/word.h"

#include <array>
#include <optional>

namespace sockeye {

namespace {

/// Places in requiredHeaders.
enum Key : size_t { ByteOrderKey, ContentLengthKey, ContentTypeKey, ContentEncodingKey, KeyCount };
static_assert(requiredHeaders.size() == KeyCount && requiredHeaders[ContentLengthKey].isNumber);

/// The text as an array of its own; those that nearly all messages hold are shared.
QByteArray ownText(QByteArrayView text)
{
    static const std::array<QByteArray, 5> common { jsonType.toByteArray(), "utf-8", "binary",
        clientBinaryType.toByteArray(), serverBinaryType.toByteArray() };
    for (const QByteArray& known : common) {
        if (text == known) {
            return known;
        }
    }
    return text.toByteArray();
}

/// Whatever the setting says, sums of lengths and offsets must not overflow.
constexpr qint64 lengthCapacity = qint64 { 1 } << 62;

class HeaderVisitor final : public json::MemberVisitor {
public:
    void member(QByteArrayView key, const json::Value& value) override
    {
        for (size_t i = 0; i < KeyCount; ++i) {
            if (key == requiredHeaders[i].name) {
                types[i] = value.type;
                take(static_cast<Key>(i), value);
                return;
            }
        }
    }

    Header header;
    std::array<std::optional<json::Type>, KeyCount> types;

private:
    void take(Key key, const json::Value& value)
    {
        switch (key) {
        case ByteOrderKey:
            header.byteOrder = isWord(value.text, "little") ? ByteOrder::Little
                : isWord(value.text, "big")                 ? ByteOrder::Big
                                                            : ByteOrder::Unknown;
            break;
        case ContentLengthKey:
            header.contentLength = value.integer;
            break;
        case ContentTypeKey:
            header.contentType = ownText(value.text);
            break;
        case ContentEncodingKey:
            header.contentEncoding = ownText(value.text);
            break;
        case KeyCount:
            break;
        }
    }
};

/// Where the value of the last member called `name` stands in the header; looked for only when something is wrong.
QByteArrayView valueOf(QByteArrayView json, QByteArrayView name)
{
    json::Scanner scanner(json);
    QByteArrayView found;
    if (scanner.next() != json::Token::ObjectBegin) {
        return found;
    }
    while (scanner.next() == json::Token::Key) {
        const bool wanted = json::decodeString(scanner.text()) == name;
        json::Token token = scanner.next();
        const qsizetype begin = scanner.begin();
        if (token == json::Token::ObjectBegin || token == json::Token::ArrayBegin) {
            token = scanner.skipContainer();
        }
        if (token == json::Token::Failed) {
            break;
        }
        if (wanted) {
            found = json.sliced(begin, scanner.end() - begin);
        }
    }
    return found;
}

tl::unexpected<Error> valueError(
    ErrorCode code, QByteArrayView json, qint64 streamOffset, Key key, const QString& expected)
{
    const QByteArrayView value = valueOf(json, requiredHeaders[key].name);
    const qint64 offset = streamOffset + (value.isNull() ? 0 : value.data() - json.data());
    return tl::unexpected(Error {
        code, offset, QString::fromUtf8(requiredHeaders[key].name), expected, visibleText(value, maxFoundChars) });
}

tl::unexpected<Error> textError(const json::Problem& problem, qint64 streamOffset)
{
    const ErrorCode code = problem.kind == json::Problem::Kind::NotUtf8 ? ErrorCode::HeaderNotUtf8
        : problem.kind == json::Problem::Kind::TooDeep                  ? ErrorCode::TooDeep
                                                                        : ErrorCode::HeaderNotJson;
    return tl::unexpected(
        Error { code, streamOffset + problem.offset, QStringLiteral("JSON header"), problem.expected, problem.found });
}

} // namespace

Result<Header> decodeHeader(QByteArrayView json, qint64 streamOffset, const Limits& limits)
{
    const qint64 maxContent = qMin(limits.maxContent, lengthCapacity);
    HeaderVisitor visitor;
    const auto type = json::read(json, limits.maxDepth, &visitor);
    if (!type) {
        return textError(type.error(), streamOffset);
    }
    if (*type != json::Type::Object) {
        return tl::unexpected(Error { ErrorCode::HeaderNotObject, streamOffset, QStringLiteral("JSON header"),
            QStringLiteral("an object"), json::typeName(*type) });
    }
    for (size_t i = 0; i < KeyCount; ++i) {
        if (!visitor.types[i]) {
            return tl::unexpected(
                Error { ErrorCode::MissingHeader, streamOffset, QString::fromUtf8(requiredHeaders[i].name),
                    u"the key \"" % QString::fromUtf8(requiredHeaders[i].name) % u'"', {} });
        }
    }
    for (const Key key : { ByteOrderKey, ContentTypeKey, ContentEncodingKey }) {
        if (visitor.types[key] != json::Type::String) {
            return valueError(ErrorCode::WrongHeaderType, json, streamOffset, key, QStringLiteral("a string"));
        }
    }
    const json::Type lengthType = *visitor.types[ContentLengthKey];
    const qint64 length = visitor.header.contentLength;
    if (lengthType != json::Type::Integer && lengthType != json::Type::Number) {
        return valueError(
            ErrorCode::WrongHeaderType, json, streamOffset, ContentLengthKey, QStringLiteral("a whole number"));
    }
    if (lengthType == json::Type::Number || length < 0) {
        return valueError(ErrorCode::BadContentLength, json, streamOffset, ContentLengthKey,
            u"a whole number from 0 to " % QString::number(maxContent));
    }
    if (length > maxContent) {
        auto error = valueError(
            ErrorCode::ContentTooLong, json, streamOffset, ContentLengthKey, u"at most " % byteCount(maxContent));
        error.value().found = byteCount(length);
        return error;
    }
    if (visitor.header.isJson() && !encodingFromName(visitor.header.contentEncoding)) {
        return valueError(ErrorCode::UnknownEncoding, json, streamOffset, ContentEncodingKey,
            QStringLiteral("the name of a text encoding"));
    }
    return std::move(visitor.header);
}

} // namespace sockeye
