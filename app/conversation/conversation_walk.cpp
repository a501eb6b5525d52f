// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/conversation/conversation_walk.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr std::size_t callsAtOnce = 1024; ///< the writer waits so long

} // namespace

ConversationWalk::ConversationWalk(const Recording& recording, quint32 connection, const ConversationRules& rules)
    : m_recording(recording)
    , m_connection(connection)
    , m_isDatagrams(rules.isDatagrams)
{
    m_sides[0].direction = rules.first;
    m_sides[1].direction = rules.first == Direction::In ? Direction::Out : Direction::In;
}

StreamCall* ConversationWalk::front(Side& side)
{
    if (side.at == side.calls.size()) {
        side.at = 0;
        side.calls.clear();
        m_recording.look(m_connection, side.direction, [&side](const StreamIndex& stream) {
            while (side.entry < stream.entryCount() && side.calls.size() < callsAtOnce) {
                side.calls.push_back(stream.call(side.entry));
                side.entry = side.calls.back().next;
            }
        });
    }
    return side.at < side.calls.size() ? &side.calls[side.at] : nullptr;
}

ConversationWalk::Side* ConversationWalk::later()
{
    const StreamCall* const first = front(m_sides[0]);
    const StreamCall* const second = front(m_sides[1]);
    if (first == nullptr && second == nullptr) {
        return nullptr;
    }
    return second == nullptr || (first != nullptr && first->time <= second->time) ? &m_sides[0] : &m_sides[1];
}

std::optional<ConversationTurn> ConversationWalk::next(qint64 most)
{
    Side* const side = later();
    if (side == nullptr) {
        return std::nullopt;
    }
    StreamCall* call = front(*side);
    ConversationTurn turn { side->direction, call->offset, 0, call->time, call->time, call->lost };
    do {
        turn.end = call->time;
        const qint64 size = turn.isMissing ? call->size : std::min(call->size, most - turn.size);
        turn.size += size;
        if (size < call->size) {
            call->offset += size;
            call->size -= size;
            return turn;
        }
        ++side->at;
        call = front(*side);
    } while (!m_isDatagrams && call != nullptr && later() == side && call->lost == turn.isMissing
        && (turn.isMissing || turn.size < most));
    return turn;
}

} // namespace sockeye
