// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/protocol.h"

#include "protocol/base/message_editor.h"
#include "protocol/filter/row.h"
#include "protocol/json/json_writer.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qint64 defaultSummaryBytes = 1024;

QString protocolText(const char* text)
{
    return QCoreApplication::translate("sockeye::Protocol", text);
}

} // namespace

QString Protocol::whyNotStreams() const
{
    return cutsStreams()
        ? QString()
        : protocolText("It needs the borders of datagrams: nothing in a stream says where its messages end.");
}

const Protocol& Protocol::spokenBy(Sender) const
{
    return *this;
}

QList<FieldValue> Protocol::values(QByteArrayView, const Limits&) const
{
    return {};
}

tl::expected<QByteArray, QString> Protocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return content.toByteArray();
}

tl::expected<QByteArray, QString> Protocol::build(const QList<FieldValue>&) const
{
    return tl::unexpected(protocolText("Messages of the protocol \"%1\" are not made of named fields.").arg(id()));
}

bool Protocol::mayBegin(QByteArrayView) const
{
    return true;
}

bool Protocol::recognizes(QByteArrayView, const Limits&) const
{
    return false;
}

QString Protocol::waitingFor(const Progress& progress) const
{
    return progress.need > 0
        ? protocolText("message: %1 of %2 bytes").arg(groupedDigits(progress.have), groupedDigits(progress.need))
        : protocolText("the rest of a message: %1 so far").arg(byteCount(progress.have));
}

QString Protocol::reached(const Progress& progress) const
{
    return progress.need > 0
        ? protocolText("%1 into a %2-byte message").arg(byteCount(progress.have), groupedDigits(progress.need))
        : protocolText("%1 into a message").arg(byteCount(progress.have));
}

QString Protocol::adviceOn(const Progress&) const
{
    return protocolText(
        "A message has begun, and its end has not come. Does the sender send all of it, and does it flush what it "
        "wrote?");
}

QString Protocol::nextMessage() const
{
    return protocolText("the next message");
}

std::optional<Frame> Protocol::frameOf(qint64 offset, qint64 size, QByteArrayView) const
{
    return Frame { offset, size, 0, nullptr };
}

void Protocol::annotate(AnnotationBuilder& builder, const AnnotateOptions&) const
{
    const QByteArray& message = builder.message();
    builder.leaf(looksLikeText(message) ? FieldKind::Text : FieldKind::Binary, 0, message.size());
}

qint64 Protocol::summaryBytes(QByteArrayView) const
{
    return defaultSummaryBytes;
}

MessageSummary Protocol::summary(QByteArrayView first, qint64 size) const
{
    return plainSummary(first, size);
}

MessageSummary Protocol::saying(const Frame&, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView line = bytes.trimmed();
    if (!isReadableText(line) || line.isEmpty()) {
        return { MessageKind::Binary, {} };
    }
    return { MessageKind::Text, QString::fromUtf8(line.first(std::min(line.size(), 4 * maxChars))).left(maxChars) };
}

DecodedMessage Protocol::decoded(const Frame& frame, QByteArrayView bytes, const Limits& limits) const
{
    constexpr DecodedParts all { DecodedPart::Header, DecodedPart::Content, DecodedPart::Fields, DecodedPart::Body };
    return decodedParts(all, frame, bytes, limits);
}

DecodedMessage Protocol::decodedParts(DecodedParts, const Frame&, QByteArrayView, const Limits&) const
{
    return {};
}

std::optional<QStringList> Protocol::fieldNames() const
{
    return hasStructure() ? std::nullopt : std::optional(QStringList());
}

std::unique_ptr<filter::Fields> Protocol::typedFields(const Frame&, QByteArrayView, const Limits&) const
{
    return nullptr;
}

QString Protocol::whyNotJson() const
{
    return protocolText("The stream is not read as messages with a JSON header, so nothing says that this is JSON.");
}

bool Protocol::checksContent(const Frame&) const
{
    return false;
}

QByteArray Protocol::contentForm(const Frame&) const
{
    return {};
}

Result<void> Protocol::check(const Frame&, QByteArrayView, const Limits&) const
{
    return {};
}

ReplyValue Protocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits&) const
{
    ReplyValue value { {}, QString::fromUtf8(QByteArrayView(reply).sliced(frame.contentOffset)) };
    json::appendString(value.json, QStringView(value.text));
    return value;
}

QString Protocol::replyText(const Frame&, QByteArrayView, qsizetype) const
{
    return {};
}

bool Protocol::meansTheSame(const Frame& frame, const QByteArray& reply, const QByteArray& right) const
{
    return QByteArrayView(reply).first(frame.size) == right;
}

bool Protocol::isRefusal(const Frame&, const QString&) const
{
    return false;
}

QStringList Protocol::sendWords(const QByteArray&, const QString&, const QString&) const
{
    return {};
}

std::unique_ptr<MessageEditor> Protocol::newEditor(const Frame&, QByteArrayView message, const Limits&) const
{
    return std::make_unique<MessageEditor>(message);
}

/// A text, and JSON, may stand in any bytes.
Alterations Protocol::alterations() const
{
    return { Alteration::Kind::BrokenUtf8, Alteration::Kind::MissingKey, Alteration::Kind::Set };
}

QList<MessagePart> Protocol::parts(QByteArrayView, const Limits&) const
{
    return {};
}

Dissector Protocol::dissector() const
{
    return {};
}

ReceiveCode Protocol::receiveCode(CodeLanguage) const
{
    return {};
}

ProtocolPtr spokenBy(const ProtocolPtr& protocol, Sender sender)
{
    const Protocol& side = protocol->spokenBy(sender);
    return &side == protocol.get() ? protocol : ProtocolPtr(protocol, &side);
}

Annotation annotate(const ProtocolPtr& protocol, const QByteArray& message, const AnnotateOptions& options)
{
    AnnotationBuilder builder(message, options.maxFields);
    if (message.isEmpty()) {
        return builder.take();
    }
    builder.open(FieldKind::Message, 0);
    protocol->annotate(builder, options);
    return builder.take();
}

} // namespace sockeye
