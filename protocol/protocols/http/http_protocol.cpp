// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/http/http_protocol.h"

#include "protocol/annotation/json_text_fields.h"
#include "protocol/json/json_writer.h"
#include "protocol/protocols/http/http_editor.h"
#include "protocol/protocols/http/http_framing.h"
#include "protocol/protocols/http/http_message.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 mostSummaryBytes = 16 * 1024;

QString httpText(const char* text)
{
    return QCoreApplication::translate("sockeye::HttpProtocol", text);
}

QByteArrayView bodyOf(const Frame& frame, QByteArrayView bytes)
{
    const qint64 end = std::min<qint64>(frame.size, bytes.size());
    const qint64 begin = std::min(frame.contentOffset, end);
    return bytes.sliced(begin, end - begin);
}

/// The body without the form in which it came.
QByteArray plainBody(const http::Message& message, QByteArrayView body)
{
    return message.isChunked() ? http::joinedChunks(body) : body.toByteArray();
}

QString bodySummary(const http::Message& message, qint64 size)
{
    const QString type = oneLine(QString::fromLatin1(message.contentType()));
    if (message.headSize < 0 || size <= message.headSize) {
        return {};
    }
    if (message.isChunked()) {
        return type.isEmpty() ? httpText(", in chunks") : httpText(", in chunks, %1").arg(type);
    }
    const QString count = byteCount(size - message.headSize);
    return type.isEmpty() ? QString(u", " % count) : QString(u", " % count % u' ' % type);
}

} // namespace

const ProtocolPtr& httpProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const HttpProtocol>();
    return protocol;
}

QString HttpProtocol::id() const
{
    return QStringLiteral("http");
}

QString HttpProtocol::title() const
{
    return httpText("HTTP/1.1");
}

std::unique_ptr<Framing> HttpProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<HttpFraming>(limits);
}

std::shared_ptr<Dialogue> HttpProtocol::newDialogue() const
{
    return std::make_shared<http::HttpDialogue>();
}

bool HttpProtocol::mayBegin(QByteArrayView bytes) const
{
    const qsizetype feed = bytes.indexOf('\n');
    if (feed >= 0) {
        return http::startLine(http::withoutLineEnd(bytes.first(feed + 1))).has_value();
    }
    const QByteArrayView line = bytes.first(std::min<qsizetype>(bytes.size(), 8));
    return std::all_of(line.begin(), line.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == '/'; })
        || bytes.startsWith("HTTP/1.");
}

bool HttpProtocol::recognizes(QByteArrayView bytes, const Limits& limits) const
{
    HttpFraming framing(limits);
    Frames frames;
    framing.feed(bytes, frames);
    return !framing.error() && frames.size() == 1 && frames.front().size == bytes.size();
}

std::optional<Frame> HttpProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    const http::Message message = http::readMessage(first);
    if (message.hasStart && message.headSize < 0) {
        return std::nullopt;
    }
    return Frame { offset, size, message.hasStart ? std::min<qint64>(message.headSize, size) : 0, nullptr };
}

qint64 HttpProtocol::summaryBytes(QByteArrayView first) const
{
    if (!first.isEmpty()) {
        const http::Message message = http::readMessage(first);
        if (message.hasStart && message.headSize < 0) {
            return mostSummaryBytes; // the header is a long one
        }
    }
    return Protocol::summaryBytes(first);
}

MessageSummary HttpProtocol::summary(QByteArrayView first, qint64 size) const
{
    const http::Message message = http::readMessage(first);
    if (!message.hasStart) {
        return plainSummary(first, size);
    }
    const QString second = QString::fromUtf8(message.target);
    const QString line = message.isReply ? QString(second % u' ' % QString::fromLatin1(message.version)).trimmed()
                                         : QString(QString::fromLatin1(message.method) % u' ' % second);
    return { message.hasJsonBody() ? MessageKind::Json : MessageKind::Text,
        oneLine(line + bodySummary(message, size)) };
}

MessageSummary HttpProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    MessageSummary says = summary(bytes, frame.size);
    says.text = cutTo(says.text, maxChars);
    return says;
}

/// Those of http::headAsJson().
std::optional<QStringList> HttpProtocol::fieldNames() const
{
    return QStringList { QStringLiteral("method"), QStringLiteral("target"), QStringLiteral("version"),
        QStringLiteral("status"), QStringLiteral("reason"), QStringLiteral("headers") };
}

DecodedMessage HttpProtocol::decodedParts(
    DecodedParts, const Frame& frame, QByteArrayView bytes, const Limits& limits) const
{
    const http::Message message = http::readMessage(bytes);
    DecodedMessage decoded;
    if (!message.hasStart) {
        return decoded;
    }
    decoded.fields = http::headAsJson(message);
    const QByteArrayView body = bodyOf(frame, bytes);
    if (message.isChunked()) {
        decoded.body = http::joinedChunks(body);
    }
    const QByteArrayView plain = decoded.body ? QByteArrayView(*decoded.body) : body;
    if (message.hasJsonBody() && checkJsonText(plain, 0, {}, limits)) {
        decoded.content = plain.toByteArray();
    }
    return decoded;
}

QString HttpProtocol::whyNotJson() const
{
    return httpText("The header's content-type does not say that the body is JSON, or there is none.");
}

ReplyValue HttpProtocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits& limits) const
{
    const http::Message message = http::readMessage(reply);
    const QByteArray body = plainBody(message, bodyOf(frame, reply));
    ReplyValue value { {}, QString::fromUtf8(body) };
    if (message.hasJsonBody() && checkJsonText(body, 0, {}, limits)) {
        value.json = body;
    } else {
        json::appendString(value.json, QStringView(value.text));
    }
    return value;
}

QString HttpProtocol::replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const
{
    return cutTo(summary(reply, frame.size).text, maxChars);
}

bool HttpProtocol::isRefusal(const Frame&, const QString& text) const
{
    return text.startsWith(u'4') || text.startsWith(u'5');
}

/// A reply that went well. What a request is to ask for, a content does not say.
tl::expected<QByteArray, QString> HttpProtocol::carry(Sender sender, ContentKind kind, QByteArrayView content) const
{
    if (sender == Sender::Client) {
        return tl::unexpected(
            httpText("A content alone makes no HTTP request: give all of its bytes in `hex` or `file`."));
    }
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + QByteArray(kind == ContentKind::Json ? "application/json" : "text/plain; charset=utf-8")
        + "\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content.toByteArray();
}

std::unique_ptr<MessageEditor> HttpProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    return std::make_unique<http::HttpEditor>(message);
}

Alterations HttpProtocol::alterations() const
{
    return Protocol::alterations() | Alteration::Kind::WrongLength;
}

} // namespace sockeye
