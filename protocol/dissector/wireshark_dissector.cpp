// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/dissector/wireshark_dissector.h"

#include "protocol/annotation/field_names.h"
#include "protocol/dissector/lua_parts.h"
#include "protocol/error.h"
#include "protocol/protocols/app/app_field_texts.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/text/decoder.h"
#include "protocol/text/encoding.h"
#include "protocol/text/lua_text.h"

namespace sockeye {

namespace {

/// Keys of a content's object that get a field of their own.
constexpr QByteArrayView contentKeys[] = { "action", "value", "result" };

/// The errors that the dissector finds.
constexpr ErrorCode errorCodes[] = { ErrorCode::EmptyHeader, ErrorCode::HeaderNotUtf8, ErrorCode::HeaderNotJson,
    ErrorCode::HeaderNotObject, ErrorCode::MissingHeader, ErrorCode::WrongHeaderType, ErrorCode::BadContentLength,
    ErrorCode::ContentTooLong, ErrorCode::UnknownEncoding, ErrorCode::ContentNotInEncoding, ErrorCode::ContentNotJson,
    ErrorCode::TooDeep };

QByteArray constant(const char* name, const QByteArray& value)
{
    return "local " + QByteArray(name) + " = " + value + '\n';
}

QByteArray number(qint64 value)
{
    return QByteArray::number(value);
}

QByteArray keyed(QByteArrayView key, const QByteArray& value)
{
    return "    [" + luaText(key) + "] = " + value + ",\n";
}

QByteArray field(const QByteArray& type, const QByteArray& filter, QByteArrayView name)
{
    return "ProtoField." + type + '(' + luaText(filter) + ", " + luaText(name) + ')';
}

QByteArray field(const QByteArray& type, FieldKind kind)
{
    return field(type, filterName(kind), fieldName(kind));
}

QByteArray protocolConstants(const Limits& limits)
{
    qsizetype smallestHeader = 2;
    QByteArray required = "{\n";
    for (const RequiredHeader& header : requiredHeaders) {
        required +=
            "    { name = " + luaText(header.name) + ", number = " + (header.isNumber ? "true" : "false") + " },\n";
        smallestHeader += header.name.size() + 4; // quotes, colon and a value
    }
    QByteArray words = "{ ";
    for (const QByteArrayView word : Arithmetic::words) {
        words += '[' + luaText(word) + "] = true, ";
    }
    return constant("FIXED_SIZE", number(fixedHeaderSize)) + constant("SMALLEST_HEADER", number(smallestHeader))
        + constant("MAX_CONTENT", number(limits.maxContent)) + constant("MAX_DEPTH", number(limits.maxDepth))
        + constant("REQUIRED", required + '}') + constant("LENGTH_KEY", luaText(requiredHeaders[1].name))
        + constant("TYPE_KEY", luaText(requiredHeaders[2].name))
        + constant("ENCODING_KEY", luaText(requiredHeaders[3].name)) + constant("JSON_TYPE", luaText(jsonType))
        + constant("FIRST_BYTES", luaText(firstBytesText)) + constant("WORDS", words + '}')
        + constant("WORD_SIZE", number(Arithmetic::wordSize)) + constant("ARITHMETIC_SIZE", number(Arithmetic::size))
        + constant("OWN_CAPTURE", luaText("(synthetic headers)"));
}

QByteArray sentences()
{
    QByteArray table = "{\n";
    for (const ErrorCode code : errorCodes) {
        table += keyed(codeName(code), luaText(wireSentence(code)));
    }
    return constant("SENTENCES", table + '}');
}

/// Spellings of encodings, and the characters of those of one byte each.
QByteArray encodings()
{
    QByteArray names = "{\n";
    for (const EncodingSpelling& spelling : encodingSpellings()) {
        names += keyed(spelling.name, luaText(encodingName(spelling.encoding)));
    }
    QByteArray halves = "{\n";
    for (const Encoding encoding : { Encoding::Latin1, Encoding::Cp1252 }) {
        halves += "    [" + luaText(encodingName(encoding)) + "] = {";
        for (int byte = 0x80; byte < 0x100; ++byte) {
            const char c = static_cast<char>(byte);
            const DecodedText text = decodeText(encoding, QByteArrayView(&c, 1));
            if (text.validBytes == 1) {
                halves += (byte % 8 == 0 ? "\n        [" : " [") + number(byte) + "] = " + luaText(text.utf8) + ',';
            }
        }
        halves += "\n    },\n";
    }
    return constant("ENCODINGS", names + '}') + constant("UPPER_HALVES", halves + '}');
}

QByteArray fieldTable()
{
    QByteArray headers = "    header_values = {\n";
    for (const RequiredHeader& header : requiredHeaders) {
        headers += "    "
            + keyed(
                header.name, field(header.isNumber ? "uint32" : "string", headerFilterName(header.name), header.name));
    }
    QByteArray members = "    members = {\n";
    for (const QByteArrayView key : contentKeys) {
        members += "    " + keyed(key, field("string", contentFilterName(key), key));
    }
    return "local fields = {\n    fixed_header = "
        + field("uint16", filterName(FieldKind::Length), AppFieldTexts::fixedHeader)
        + ",\n    header = " + field("string", filterName(FieldKind::Header), AppFieldTexts::jsonHeader)
        + ",\n    header_member = " + field("string", headerFilterName("member"), fieldName(FieldKind::Member)) + ",\n"
        + headers + "    },\n    content = " + field("bytes", FieldKind::Content)
        + ",\n    json = " + field("string", filterName(FieldKind::Object), "JSON")
        + ",\n    member = " + field("string", FieldKind::Member) + ",\n" + members + "    },\n    text = "
        + field("string", FieldKind::Text) + ",\n    number = " + field("int32", FieldKind::Integer)
        + ",\n    bytes = " + field("bytes", FieldKind::Binary) + ",\n    error_code = "
        + field("string", filterName(FieldKind::Bad) + "_code", "error code") + ",\n}\n" + "local LABELS = { header = "
        + luaText(AppFieldTexts::jsonHeader) + ", content = " + luaText(fieldName(FieldKind::Content)) + " }\n";
}

} // namespace

QByteArray wiresharkDissector(const Limits& limits)
{
    QByteArray script = headLua.toByteArray();
    script += protocolConstants(limits) + sentences() + encodings() + fieldTable();
    for (const QByteArrayView part : { registrationLua, textLua, jsonLua, messagesLua, streamsLua }) {
        script += part;
    }
    return script;
}

} // namespace sockeye
