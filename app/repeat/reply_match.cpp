// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/reply_match.h"

#include "app/filtering/event_row.h"

#include <algorithm>
#include <memory>

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

std::function<bool(const Exchange&)> replyMatches(
    const filter::Filter& where, const ProtocolPtr& protocol, const ClientOptions& options)
{
    struct Matcher {
        filter::Filter where;
        ProtocolPtr protocol;
        ClientOptions options;
        filter::Run run;
        qint64 start = -1; ///< of the first exchange
        qint64 number = 0;
    };
    const auto matcher = std::make_shared<Matcher>(Matcher { where, protocol, options, {}, -1, 0 });
    return [matcher](const Exchange& exchange) {
        matcher->start = matcher->start < 0 ? exchange.startedAt : matcher->start;
        ++matcher->number;
        if (!exchange.ok()) {
            return false;
        }
        const FilteredConnection connection(factsOf(exchange, matcher->options));
        EventRow row;
        row.kind = QLatin1StringView("message");
        row.connectionId = exchange.connection;
        row.connection = &connection;
        row.direction = Direction::In;
        row.time = exchange.startedAt + std::max<qint64>(exchange.whole, 0) - matcher->start;
        row.number = matcher->number;
        row.size = exchange.replySize;
        row.offset = exchange.replyOffset;
        row.bytes = exchange.reply;
        const std::optional<Frame> frame =
            matcher->protocol->frameOf(exchange.replyOffset, exchange.reply.size(), exchange.reply);
        if (frame && exchange.reply.size() == exchange.replySize) {
            FilteredMessage& message = row.message.emplace();
            message.protocol = matcher->protocol.get();
            message.frame = &*frame;
            message.limits = matcher->options.limits;
            if (exchange.whole >= 0 && exchange.sent >= 0) {
                message.latency = exchange.whole - exchange.sent;
            }
        }
        return matcher->where.matches(row, matcher->run, nullptr);
    };
}

} // namespace sockeye
