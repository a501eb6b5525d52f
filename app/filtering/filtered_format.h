// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/event_row.h"
#include "app/filtering/exchange_times.h"
#include "app/filtering/message_calls.h"
#include "app/lines/event_format.h"
#include "protocol/filter/filter.h"

#include <array>
#include <memory>
#include <unordered_map>

namespace sockeye {

/// Lets those events through to another format that a filter matches; sees all of them, since what a message's latency
/// is, or which reads carried it, comes of those before.
class FilteredFormat final : public EventFormat {
public:
    /// `where`: compiled for eventSchema(). `endpoint`: what `endpoint` says; may be empty.
    FilteredFormat(std::unique_ptr<EventFormat> format, const filter::Filter& where, const Limits& limits,
        const QString& endpoint = {});
    ~FilteredFormat() override;

    void opened(QByteArray& out, const CaptureEvent& event) override;
    void bytes(QByteArray& out, const CaptureEvent& event) override;
    void message(QByteArray& out, const PrintedMessage& message) override;
    void finished(QByteArray& out, const CaptureEvent& event) override;
    void closed(QByteArray& out, const CaptureEvent& event, qint64 bytesIn, qint64 bytesOut) override;
    void error(QByteArray& out, const CaptureEvent& event) override;
    void note(QByteArray& out, const CaptureEvent& event) override;
    void tls(QByteArray& out, const CaptureEvent& event, const TlsFacts& facts) override;

private:
    struct Stream {
        MessageCalls calls;
    };
    struct Connection {
        explicit Connection(const ConnectionFacts& facts);
        FilteredConnection facts;
        ExchangeTimes times;
        bool isKnown; ///< false of one whose opening was not seen
        std::array<Stream, 2> streams; ///< by direction
    };

    [[nodiscard]] Connection& connection(const CaptureEvent& event);
    [[nodiscard]] static Stream& streamOf(Connection& connection, Direction direction);
    void begin(EventRow& row, QLatin1StringView kind, const CaptureEvent& event);
    [[nodiscard]] bool matches(const EventRow& row) { return m_where.matches(row, m_run); }

    std::unique_ptr<EventFormat> m_format;
    const filter::Filter m_where;
    const Limits m_limits;
    const QByteArray m_endpoint;
    filter::Run m_run;
    std::unordered_map<quint32, Connection> m_connections;
    std::optional<qint64> m_start; ///< time of the first event
    qint64 m_rows = 0; ///< messages, errors and notes so far
};

} // namespace sockeye
