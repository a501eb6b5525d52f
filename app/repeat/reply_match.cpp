// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/repeat/reply_match.h"

#include "app/repeat/reply_row.h"

#include <memory>

namespace sockeye {

std::function<bool(const Exchange&)> replyMatches(
    const filter::Filter& where, const ProtocolPtr& protocol, const ClientOptions& options)
{
    struct Matcher {
        filter::Filter where;
        ReplyRow replies;
        filter::Run run = {};
    };
    const auto matcher = std::shared_ptr<Matcher>(new Matcher { where, { protocol, options } });
    return [matcher](const Exchange& exchange) {
        const filter::Row& row = matcher->replies.of(exchange);
        return exchange.ok() && matcher->where.matches(row, matcher->run, nullptr);
    };
}

} // namespace sockeye
