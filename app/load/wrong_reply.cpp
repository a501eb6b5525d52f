// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/wrong_reply.h"

#include <algorithm>

namespace sockeye {

WrongReply examined(WrongReply reply, const Protocol* cutBy)
{
    const auto [wrong, right] =
        std::mismatch(reply.received.cbegin(), reply.received.cend(), reply.expected.cbegin(), reply.expected.cend());
    reply.difference = wrong - reply.received.cbegin();
    if (cutBy != nullptr && cutBy->replyEnd() == ReplyEnd::Message) {
        Frames frames;
        cutBy->spokenBy(Sender::Server).newFraming()->feed(reply.received, frames);
        if (!frames.empty() && frames.front().size > reply.difference) {
            reply.received.truncate(static_cast<qsizetype>(frames.front().size));
        }
    }
    return reply;
}

} // namespace sockeye
