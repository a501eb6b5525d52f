// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/wrong_reply.h"

#include <algorithm>

namespace sockeye {

WrongReply examined(WrongReply reply, const Protocol& protocol)
{
    const auto [wrong, right] =
        std::mismatch(reply.received.cbegin(), reply.received.cend(), reply.expected.cbegin(), reply.expected.cend());
    reply.difference = wrong - reply.received.cbegin();
    if (protocol.replyEnd() == ReplyEnd::Message) {
        Frames frames;
        protocol.spokenBy(Sender::Server).newFraming()->feed(reply.received, frames);
        if (!frames.empty() && frames.front().size > reply.difference) {
            reply.received.truncate(static_cast<qsizetype>(frames.front().size));
        }
    }
    return reply;
}

} // namespace sockeye
