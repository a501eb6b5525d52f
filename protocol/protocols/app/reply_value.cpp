// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/reply_value.h"

#include "protocol/json/json_writer.h"
#include "protocol/protocols/app/message.h"

#include <QtEndian>

#include <string>

#include <simdjson.h>

namespace sockeye {

namespace {

constexpr QByteArrayView resultWord("result");

ReplyValue fromText(const QString& text)
{
    ReplyValue result { {}, text };
    json::appendString(result.json, QStringView(text));
    return result;
}

ReplyValue fromJson(const QByteArray& content)
{
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    if (parser.parse(content.constData(), static_cast<size_t>(content.size())).get(document) != simdjson::SUCCESS) {
        return fromText(QString::fromUtf8(content));
    }
    // A reply without "result" is somebody else's way to answer: all of it is the result then.
    simdjson::dom::element value;
    if (document[std::string_view(resultWord.data(), 6)].get(value) != simdjson::SUCCESS) {
        value = document;
    }
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
        return fromText(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    const QByteArray json = QByteArray::fromStdString(simdjson::minify(value));
    return { json, QString::fromUtf8(json) };
}

} // namespace

ReplyValue appReplyValue(const Header& header, const Frame& frame, const QByteArray& reply, const Limits& limits)
{
    const QByteArrayView content = QByteArrayView(reply).sliced(frame.contentOffset);
    if (header.isJson()) {
        const auto json = contentAsJson(header, content, frame.offset + frame.contentOffset, limits);
        if (json && !json->isEmpty()) {
            return fromJson(*json);
        }
    } else if (content.size() == resultWord.size() + 4 && content.startsWith(resultWord)) {
        const auto number = qFromBigEndian<qint32>(content.data() + resultWord.size());
        return { QByteArray::number(number), QString::number(number) };
    }
    return fromText(QString::fromUtf8(content));
}

} // namespace sockeye
