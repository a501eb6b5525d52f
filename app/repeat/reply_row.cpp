// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/reply_row.h"

#include <algorithm>

namespace sockeye {

namespace {

ConnectionFacts factsOf(const Exchange& exchange, const ClientOptions& options)
{
    ConnectionFacts facts;
    facts.peer = exchange.peer;
    facts.transport = options.transport;
    facts.tls = options.tls.on;
    facts.weConnected = true;
    return facts;
}

} // namespace

ReplyRow::ReplyRow(const ProtocolPtr& protocol, const ClientOptions& options)
    : m_protocol(protocol)
    , m_options(options)
{
}

const filter::Row& ReplyRow::of(const Exchange& exchange)
{
    m_start = m_start < 0 ? exchange.startedAt : m_start;
    m_reply = exchange.reply;
    m_connection.emplace(factsOf(exchange, m_options));
    EventRow& row = m_row.emplace();
    row.kind = QLatin1StringView("message");
    row.connectionId = exchange.connection;
    row.connection = &*m_connection;
    row.direction = Direction::In;
    row.time = exchange.startedAt + std::max<qint64>(exchange.whole, 0) - m_start;
    row.number = exchange.number + 1;
    row.size = exchange.replySize;
    row.offset = exchange.replyOffset;
    row.bytes = m_reply;
    m_frame = m_protocol->frameOf(exchange.replyOffset, m_reply.size(), m_reply);
    if (m_frame && m_reply.size() == exchange.replySize) {
        FilteredMessage& message = row.message.emplace();
        message.protocol = m_protocol.get();
        message.frame = &*m_frame;
        message.limits = m_options.limits;
        if (exchange.whole >= 0 && exchange.sent >= 0) {
            message.latency = exchange.whole - exchange.sent;
        }
    }
    return row;
}

const filter::Row& ReplyRow::none()
{
    static const EventRow row;
    return row;
}

} // namespace sockeye
