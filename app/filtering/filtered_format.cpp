// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/filtering/filtered_format.h"

#include <utility>

namespace sockeye {

FilteredFormat::Connection::Connection(const ConnectionFacts& about)
    : facts(about)
    , times(about.weConnected ? Direction::Out : Direction::In)
    , isKnown(!about.peer.isNull())
{
}

FilteredFormat::FilteredFormat(
    std::unique_ptr<EventFormat> format, const filter::Filter& where, const Limits& limits, const QString& endpoint)
    : m_format(std::move(format))
    , m_where(where)
    , m_limits(limits)
    , m_endpoint(endpoint.toUtf8())
{
}

FilteredFormat::~FilteredFormat() = default;

FilteredFormat::Connection& FilteredFormat::connection(const CaptureEvent& event)
{
    return m_connections.try_emplace(event.connection, event.facts).first->second;
}

FilteredFormat::Stream& FilteredFormat::streamOf(Connection& connection, Direction direction)
{
    return connection.streams.at(static_cast<std::size_t>(direction));
}

void FilteredFormat::begin(EventRow& row, QLatin1StringView kind, const CaptureEvent& event)
{
    m_start = m_start.value_or(event.time);
    row.kind = kind;
    row.connectionId = event.connection;
    row.time = event.time - *m_start;
    row.endpoint = m_endpoint;
    if (event.connection != 0) {
        const Connection& about = connection(event);
        row.connection = about.isKnown ? &about.facts : nullptr;
    }
}

void FilteredFormat::opened(QByteArray& out, const CaptureEvent& event)
{
    EventRow row;
    begin(row, QLatin1StringView("opened"), event);
    if (matches(row)) {
        m_format->opened(out, event);
    }
}

void FilteredFormat::bytes(QByteArray& out, const CaptureEvent& event)
{
    EventRow row;
    begin(row, QLatin1StringView("bytes"), event);
    MessageCalls& calls = streamOf(connection(event), event.direction).calls;
    row.direction = event.direction;
    row.size = event.bytes.size();
    row.offset = calls.end();
    row.bytes = event.bytes;
    calls.segment(event.bytes.size());
    if (matches(row)) {
        m_format->bytes(out, event);
    }
}

void FilteredFormat::message(QByteArray& out, const PrintedMessage& message)
{
    CaptureEvent event;
    event.time = message.time;
    event.connection = message.connection;
    EventRow row;
    begin(row, QLatin1StringView("message"), event);
    Connection& about = connection(event);
    Stream& stream = streamOf(about, message.direction);
    row.direction = message.direction;
    row.size = message.bytes.size();
    row.offset = message.frame.offset;
    row.bytes = message.bytes;
    row.number = ++m_rows;
    row.rule = message.rule.toUtf8();
    row.fault = message.fault.toUtf8();
    FilteredMessage& whole = row.message.emplace();
    whole.protocol = &message.protocol;
    whole.frame = &message.frame;
    whole.limits = m_limits;
    const MessageCalls::Calls calls = stream.calls.message(message.frame.offset, message.bytes.size());
    whole.calls = calls.count;
    whole.glued = calls.glued;
    const ExchangeTimes::Times times = about.times.message(message.direction, message.time);
    whole.latency = times.latency;
    whole.gap = times.gap;
    if (matches(row)) {
        m_format->message(out, message);
    }
}

void FilteredFormat::finished(QByteArray& out, const CaptureEvent& event)
{
    EventRow row;
    begin(row, QLatin1StringView("finished"), event);
    row.direction = event.direction;
    if (matches(row)) {
        m_format->finished(out, event);
    }
}

void FilteredFormat::closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut)
{
    EventRow row;
    begin(row, QLatin1StringView("closed"), event);
    if (matches(row)) {
        m_format->closed(out, event, bytesIn, bytesOut);
    }
    m_connections.erase(event.connection);
}

void FilteredFormat::error(QByteArray& out, const CaptureEvent& event)
{
    EventRow row;
    begin(row, QLatin1StringView("error"), event);
    row.number = ++m_rows;
    row.code = event.code.toUtf8();
    row.text = event.text.toUtf8();
    if (event.offset >= 0) {
        row.offset = event.offset;
    }
    if (event.missing > 0) {
        row.direction = event.direction;
        row.size = event.missing;
        if (event.code == gapCode && event.connection != 0) {
            streamOf(connection(event), event.direction).calls.gap(event.missing);
        }
    }
    if (matches(row)) {
        m_format->error(out, event);
    }
}

void FilteredFormat::note(QByteArray& out, const CaptureEvent& event)
{
    EventRow row;
    begin(row, QLatin1StringView("note"), event);
    row.number = ++m_rows;
    row.text = event.text.toUtf8();
    if (matches(row)) {
        m_format->note(out, event);
    }
}

void FilteredFormat::tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts)
{
    EventRow row;
    begin(row, QLatin1StringView("tls"), event);
    row.number = ++m_rows;
    row.text = summary(facts).toUtf8();
    if (matches(row)) {
        m_format->tls(out, event, facts);
    }
}

} // namespace sockeye
