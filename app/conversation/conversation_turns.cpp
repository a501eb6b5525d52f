// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/conversation/conversation_turns.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Joins chunks to turns for as long as the rules allow it.
class Turns {
public:
    explicit Turns(const ConversationRules& rules)
        : m_rules(rules)
    {
    }

    /// False: there is no room for all of it.
    bool add(Direction direction, const ChunkMark& chunk)
    {
        const qint64 size = std::min(chunk.size, m_rules.maxBytes - m_out.bytes);
        const bool goesOn = !m_rules.isDatagrams && !m_out.turns.empty() && m_out.turns.back().direction == direction;
        m_out.isCut = size < chunk.size || (!goesOn && m_out.turns.size() >= m_rules.maxTurns);
        if (m_out.isCut && (size == 0 || size == chunk.size)) {
            return false;
        }
        if (goesOn) {
            m_out.turns.back().size += size;
            m_out.turns.back().end = chunk.time;
        } else {
            m_out.turns.push_back({ direction, chunk.offset, size, chunk.time, chunk.time });
        }
        m_out.bytes += size;
        return !m_out.isCut;
    }
    ConversationTurns take() { return std::move(m_out); }

private:
    const ConversationRules& m_rules;
    ConversationTurns m_out;
};

} // namespace

ConversationTurns turnsOf(const Recording& recording, quint32 connection, const ConversationRules& rules)
{
    const Direction second = rules.first == Direction::In ? Direction::Out : Direction::In;
    // One more than is shown: whether there is more.
    const auto ahead = recording.chunks(connection, rules.first, 0, rules.maxBytes + 1);
    const auto behind = recording.chunks(connection, second, 0, rules.maxBytes + 1);
    Turns turns(rules);
    auto a = ahead.begin();
    auto b = behind.begin();
    while (a != ahead.end() || b != behind.end()) {
        const bool isFirst = b == behind.end() || (a != ahead.end() && a->time <= b->time);
        if (!(isFirst ? turns.add(rules.first, *a++) : turns.add(second, *b++))) {
            break;
        }
    }
    return turns.take();
}

} // namespace sockeye
