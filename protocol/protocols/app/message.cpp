// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"

#include "protocol/json/json_writer.h"
#include "protocol/protocols/app/message_types.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace sockeye {

namespace {

/// Written out in long pieces rather than through json::Writer: this is done for every message that goes out.
void appendHeader(QByteArray& out, QByteArrayView contentType, QByteArrayView contentEncoding, ByteOrder claimed,
    qint64 contentLength)
{
    out.append(claimed == ByteOrder::Big ? QByteArrayView("{\"byteorder\": \"big\", \"content-type\": ")
                                         : QByteArrayView("{\"byteorder\": \"little\", \"content-type\": "));
    json::appendString(out, contentType);
    out.append(QByteArrayView(", \"content-encoding\": "));
    json::appendString(out, contentEncoding);
    constexpr std::string_view lengthKey = ", \"content-length\": ";
    std::array<char, 48> text {};
    char* const number = std::copy(lengthKey.begin(), lengthKey.end(), text.data());
    char* const end = std::to_chars(number, text.data() + text.size() - 1, contentLength).ptr;
    *end = '}';
    out.append(text.data(), end + 1 - text.data());
}

/// The content of an arithmetic request, if that is what action and value make.
std::optional<QByteArray> arithmeticContent(QStringView action, QStringView value)
{
    if (action != u"double" && action != u"negate") {
        return std::nullopt;
    }
    bool whole = false;
    const qint32 number = value.toInt(&whole);
    if (!whole) {
        return std::nullopt;
    }
    std::array<char, 4> bytes {};
    qToBigEndian(number, bytes.data());
    return action.toUtf8().append(bytes.data(), bytes.size());
}

} // namespace

qint64 announcedContentOffset(QByteArrayView bytes)
{
    return bytes.size() < fixedHeaderSize ? fixedHeaderSize : fixedHeaderSize + qFromBigEndian<quint16>(bytes.data());
}

void appendMessage(QByteArray& out, QByteArrayView contentType, QByteArrayView contentEncoding, ByteOrder claimed,
    QByteArrayView content)
{
    const qsizetype start = out.size();
    out.append(2, '\0');
    appendHeader(out, contentType, contentEncoding, claimed, content.size());
    qToBigEndian(static_cast<quint16>(out.size() - start - 2), out.data() + start);
    out.append(content);
}

QByteArray encodeHeader(
    QByteArrayView contentType, QByteArrayView contentEncoding, ByteOrder claimed, qint64 contentLength)
{
    QByteArray out;
    appendHeader(out, contentType, contentEncoding, claimed, contentLength);
    return out;
}

RequestContent requestContent(QStringView action, QStringView value)
{
    if (action == u"search") {
        RequestContent request { jsonType.toByteArray(), "utf-8", {} };
        json::Writer(request.content).beginObject().key("action").string(action).key("value").string(value).endObject();
        return request;
    }
    RequestContent request { clientBinaryType.toByteArray(), "binary", {} };
    if (auto arithmetic = arithmeticContent(action, value)) {
        request.content = std::move(*arithmetic);
    } else {
        request.content = action.toUtf8() + value.toUtf8();
    }
    return request;
}

QByteArray encodeRequest(QStringView action, QStringView value, ByteOrder claimed)
{
    const RequestContent request = requestContent(action, value);
    QByteArray out;
    appendMessage(out, request.contentType, request.contentEncoding, claimed, request.content);
    return out;
}

} // namespace sockeye
