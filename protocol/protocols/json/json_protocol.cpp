// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/json/json_protocol.h"

#include "protocol/annotation/json_text_fields.h"
#include "protocol/annotation/named_fields.h"
#include "protocol/protocols/json/json_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

const QString& messageSubject()
{
    static const QString message = QStringLiteral("message");
    return message;
}

QString jsonProtocolText(const char* text)
{
    return QCoreApplication::translate("sockeye::JsonProtocol", text);
}

qsizetype leadingSpace(QByteArrayView bytes)
{
    const auto isNoSpace = [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; };
    return std::find_if(bytes.begin(), bytes.end(), isNoSpace) - bytes.begin();
}

} // namespace

const ProtocolPtr& jsonProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const JsonProtocol>();
    return protocol;
}

QString JsonProtocol::id() const
{
    return QStringLiteral("json");
}

QString JsonProtocol::title() const
{
    return jsonProtocolText("JSON texts");
}

std::unique_ptr<Framing> JsonProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<JsonFraming>(limits);
}

bool JsonProtocol::mayBegin(QByteArrayView bytes) const
{
    const QByteArrayView text = bytes.sliced(leadingSpace(bytes));
    return text.isEmpty() || text.front() == '{' || text.front() == '[';
}

QString JsonProtocol::waitingFor(const Progress& progress) const
{
    return jsonProtocolText("the end of a JSON text: %1 so far").arg(byteCount(progress.have));
}

QString JsonProtocol::reached(const Progress& progress) const
{
    return jsonProtocolText("%1 bytes into a JSON text").arg(progress.have);
}

QString JsonProtocol::adviceOn(const Progress&) const
{
    return jsonProtocolText(
        "An object, array or string of JSON is open. Does the sender send all of it, and does it flush? A number or "
        "a word such as true is whole when something follows it.");
}

QString JsonProtocol::nextMessage() const
{
    return jsonProtocolText("the next JSON text");
}

std::optional<Frame> JsonProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    const qsizetype space = leadingSpace(first);
    return space < first.size() ? std::optional(Frame { offset, size, space, nullptr }) : std::nullopt;
}

void JsonProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qint64 space = leadingSpace(message);
    NamedFields fields(builder);
    builder.leaf(FieldKind::Punctuation, 0, space);
    if (space < message.size()) {
        builder.setContent(space, message.size() - space);
        fields.open(FieldKind::Content, nullptr, space);
        annotateJsonText(builder, space, message.size(), !options.checked, messageSubject(), options);
        fields.close(message.size());
    }
}

MessageSummary JsonProtocol::summary(QByteArrayView first, qint64 size) const
{
    const qsizetype space = leadingSpace(first);
    return { MessageKind::Json, preview(first.sliced(space), size - space) };
}

MessageSummary JsonProtocol::saying(const Frame&, QByteArrayView bytes, qsizetype maxChars) const
{
    return { MessageKind::Json, visibleText(bytes.trimmed(), maxChars) };
}

DecodedMessage JsonProtocol::decodedParts(DecodedParts, const Frame&, QByteArrayView bytes, const Limits& limits) const
{
    DecodedMessage decoded;
    const QByteArrayView text = bytes.trimmed();
    if (checkJsonText(text, 0, messageSubject(), limits)) {
        decoded.content = text.toByteArray();
    }
    return decoded;
}

QString JsonProtocol::whyNotJson() const
{
    return jsonProtocolText("What its brackets hold is not JSON.");
}

Result<void> JsonProtocol::check(const Frame& frame, QByteArrayView content, const Limits& limits) const
{
    return checkJsonText(content, frame.offset + frame.contentOffset, messageSubject(), limits);
}

} // namespace sockeye
