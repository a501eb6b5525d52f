// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/conversation/conversation_turns.h"

namespace sockeye {

ConversationTurns turnsOf(const Recording& recording, quint32 connection, const ConversationRules& rules)
{
    ConversationTurns out;
    ConversationWalk walk(recording, connection, rules);
    while (out.bytes < rules.maxBytes && out.turns.size() < rules.maxTurns) {
        const std::optional<ConversationTurn> turn = walk.next(rules.maxBytes - out.bytes);
        if (!turn) {
            return out;
        }
        out.bytes += turn->isMissing ? 0 : turn->size;
        out.turns.push_back(*turn);
    }
    out.isCut = walk.hasMore();
    return out;
}

} // namespace sockeye
