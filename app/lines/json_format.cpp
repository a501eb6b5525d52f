// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lines/json_format.h"

#include "app/lines/json_line.h"
#include "protocol/text/plain_text.h"

namespace sockeye {

namespace {

QByteArrayView directionName(Direction direction)
{
    return direction == Direction::In ? QByteArrayView("in") : QByteArrayView("out");
}

QString carrierName(const ConnectionFacts& facts)
{
    return facts.tls ? QLatin1StringView("tls") : transportName(facts.transport, facts.isUnix());
}

QByteArrayView closeKindName(CloseKind kind)
{
    switch (kind) {
    case CloseKind::Orderly:
        return "orderly";
    case CloseKind::ResetByPeer:
        return "reset-by-peer";
    case CloseKind::ResetByUs:
        return "reset-by-us";
    case CloseKind::Failed:
        break;
    }
    return "failed";
}

JsonLine begin(QByteArray& out, QByteArrayView name, qint64 time, quint32 connection)
{
    JsonLine line(out, name);
    line.time("time", time).integer("connection", connection);
    return line;
}

/// Which side of a relay it is about.
void addLeg(JsonLine& line, const CaptureEvent& event)
{
    if (event.leg != Leg::None) {
        line.string("leg", event.leg == Leg::Client ? QByteArrayView("client") : QByteArrayView("target"));
    }
}

} // namespace

JsonFormat::JsonFormat(const Limits& limits, ChosenFields fields, bool isRelay)
    : m_limits(limits)
    , m_fields(std::move(fields))
    , m_isRelay(isRelay)
{
}

void JsonFormat::opened(QByteArray& out, const CaptureEvent& event)
{
    JsonLine line = begin(out, "opened", event.time, event.connection);
    if (m_isRelay) {
        line.string("leg", QByteArrayView("client"));
    }
    line.string("peer", event.facts.peer.toString())
        .string("local", event.facts.local.toString())
        .string("transport", carrierName(event.facts))
        .end();
}

void JsonFormat::bytes(QByteArray& out, const CaptureEvent& event)
{
    begin(out, "bytes", event.time, event.connection)
        .string("direction", directionName(event.direction))
        .integer("size", event.bytes.size())
        .hex("hex", event.bytes)
        .end();
}

void JsonFormat::message(QByteArray& out, const PrintedMessage& message)
{
    JsonLine line = begin(out, "message", message.time, message.connection);
    line.string("direction", directionName(message.direction)).integer("size", message.bytes.size());
    if (!message.fault.isEmpty()) {
        line.string("fault", message.fault);
    }
    if (!message.rule.isEmpty()) {
        line.string("rule", message.rule);
    }
    const DecodedMessage decoded = message.protocol.decoded(message.frame, message.bytes, m_limits);
    if (!m_fields.isEmpty()) {
        line.string("protocol", message.protocol.formatName()).json("fields", m_fields.json(decoded)).end();
        return;
    }
    const QByteArrayView content = decoded.body ? QByteArrayView(*decoded.body) : message.content();
    if (!decoded.fields.isNull()) {
        line.string("protocol", message.protocol.formatName()).json("fields", decoded.fields);
    }
    decoded.header.isNull() ? line.null("header") : line.json("header", decoded.header);
    if (!decoded.content.isEmpty()) {
        line.json("content", decoded.content);
    } else if (isReadableText(content)) {
        line.string("content", content);
    } else {
        line.null("content");
    }
    line.hex("content_hex", content).end();
}

void JsonFormat::finished(QByteArray& out, const CaptureEvent& event)
{
    begin(out, "finished", event.time, event.connection).string("direction", directionName(event.direction)).end();
}

void JsonFormat::closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut)
{
    begin(out, "closed", event.time, event.connection)
        .integer("bytes_in", bytesIn)
        .integer("bytes_out", bytesOut)
        .string("how", closeKindName(event.closeKind))
        .end();
}

void JsonFormat::error(QByteArray& out, const CaptureEvent& event)
{
    JsonLine line = begin(out, "error", event.time, event.connection);
    addLeg(line, event);
    line.string("code", event.code);
    if (event.offset >= 0) {
        line.integer("offset", event.offset);
    } else {
        line.null("offset");
    }
    if (event.missing > 0) {
        line.string("direction", directionName(event.direction)).integer("size", event.missing);
    }
    line.string("text", event.text).end();
}

void JsonFormat::note(QByteArray& out, const CaptureEvent& event)
{
    if (!event.script.isEmpty()) {
        out += event.script;
        return;
    }
    JsonLine line = begin(out, "note", event.time, event.connection);
    addLeg(line, event);
    line.string("text", event.text).end();
}

void JsonFormat::tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts)
{
    const auto orNull = [](JsonLine& line, QByteArrayView key, const QString& text) {
        text.isEmpty() ? line.null(key) : line.string(key, text);
    };
    JsonLine line = begin(out, "tls", event.time, event.connection);
    line.string("version", facts.version).string("cipher", facts.cipher);
    orNull(line, "sni", facts.serverName);
    orNull(line, "alpn", facts.applicationProtocol);
    line.string("verdict", facts.verdict)
        .boolean("verified", facts.verdict == u"ok")
        .string("certificate_of", facts.ours ? QByteArrayView("us") : QByteArrayView("peer"))
        .json("chain", chainJson(facts))
        .end();
}

} // namespace sockeye
