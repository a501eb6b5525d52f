// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_protocol.h"

#include "protocol/protocols/resp/resp_editor.h"
#include "protocol/protocols/resp/resp_framing.h"
#include "protocol/protocols/resp/resp_type.h"
#include "protocol/protocols/resp/resp_words.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qsizetype summaryChars = 200;

QString respText(const char* text)
{
    return QCoreApplication::translate("sockeye::RespProtocol", text);
}

} // namespace

const ProtocolPtr& respProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const RespProtocol>();
    return protocol;
}

QString RespProtocol::id() const
{
    return QStringLiteral("resp");
}

QString RespProtocol::title() const
{
    return respText("Redis (RESP)");
}

std::unique_ptr<Framing> RespProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<RespFraming>(limits);
}

bool RespProtocol::mayBegin(QByteArrayView bytes) const
{
    if (bytes.isEmpty()) {
        return true;
    }
    const resp::Shape shape = resp::shapeOf(bytes.front());
    if (shape == resp::Shape::None || shape == resp::Shape::Chunk || shape == resp::Shape::StreamEnd) {
        return false; // an inline command may begin with anything, so nothing can be told from it
    }
    const qsizetype end = bytes.indexOf("\r\n");
    return end < 0 || shape == resp::Shape::Line || resp::wholeNumber(bytes.sliced(1, end - 1)).has_value()
        || bytes.sliced(1, end - 1) == QByteArrayView("?");
}

bool RespProtocol::recognizes(QByteArrayView bytes, const Limits& limits) const
{
    const qsizetype line = bytes.indexOf("\r\n");
    if (!bytes.startsWith('*') || line < 0 || bytes.size() < line + 3 || bytes[line + 2] != '$') {
        return false;
    }
    RespFraming framing(limits);
    Frames frames;
    framing.feed(bytes, frames);
    return !framing.error() && frames.size() == 1 && frames.front().size == bytes.size();
}

QString RespProtocol::waitingFor(const Progress& progress) const
{
    constexpr qint64 endOfLine = 2;
    switch (progress.part) {
    case RespPart::Bulk:
        return respText("string: %1 of %2 bytes")
            .arg(groupedDigits(std::min(progress.have, progress.need - endOfLine)),
                groupedDigits(progress.need - endOfLine));
    case RespPart::Element:
        return respText("the next element: %1 of the value so far").arg(byteCount(progress.have));
    default:
        return respText("end of line: %1 without a line feed").arg(byteCount(progress.have));
    }
}

QString RespProtocol::reached(const Progress& progress) const
{
    switch (progress.part) {
    case RespPart::Bulk:
        return respText("%1 bytes into a %2-byte string")
            .arg(QString::number(progress.have), QString::number(progress.need - 2));
    case RespPart::Element:
        return respText("%1 bytes into a value, between two elements").arg(progress.have);
    default:
        return respText("%1 bytes into a line").arg(progress.have);
    }
}

QString RespProtocol::adviceOn(const Progress& progress) const
{
    switch (progress.part) {
    case RespPart::Bulk:
        return respText("The length in front of the string says how many bytes it has. Are all of them sent?");
    case RespPart::Element:
        return respText("The number in front of the elements says how many there are. Are all of them sent?");
    default:
        return respText("A line ends with \\r\\n. Does the sender write both, and does it flush?");
    }
}

QString RespProtocol::nextMessage() const
{
    return respText("the next value");
}

MessageSummary RespProtocol::summary(QByteArrayView first, qint64 size) const
{
    const QString words = resp::inWords(first, summaryChars);
    return words.isEmpty() ? plainSummary(first, size) : MessageSummary { MessageKind::Text, oneLine(words) };
}

MessageSummary RespProtocol::saying(const Frame&, QByteArrayView bytes, qsizetype maxChars) const
{
    return { MessageKind::Text, cutTo(resp::inWords(bytes, maxChars), maxChars) };
}

DecodedMessage RespProtocol::decodedParts(DecodedParts, const Frame& frame, QByteArrayView bytes, const Limits&) const
{
    DecodedMessage decoded;
    decoded.fields = resp::asJson(bytes.first(std::min<qint64>(frame.size, bytes.size())));
    return decoded;
}

QString RespProtocol::whyNotJson() const
{
    return respText("A Redis value is no JSON: the structure shows what it holds.");
}

ReplyValue RespProtocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits&) const
{
    const QByteArrayView value = QByteArrayView(reply).first(std::min<qint64>(frame.size, reply.size()));
    return { resp::asJson(value), resp::inWords(value, value.size() + 1) };
}

QString RespProtocol::replyText(const Frame&, QByteArrayView reply, qsizetype maxChars) const
{
    return cutTo(resp::inWords(reply, maxChars), maxChars);
}

bool RespProtocol::isRefusal(const Frame&, const QString& text) const
{
    return text.startsWith(u'-');
}

tl::expected<QByteArray, QString> RespProtocol::carry(Sender, ContentKind kind, QByteArrayView content) const
{
    return kind == ContentKind::Json ? resp::fromJson(content) : resp::bulk(content);
}

std::unique_ptr<MessageEditor> RespProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    return std::make_unique<resp::RespEditor>(message);
}

Alterations RespProtocol::alterations() const
{
    return Protocol::alterations() | Alteration::Kind::WrongLength;
}

} // namespace sockeye
