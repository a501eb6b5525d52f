// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/reader/conversation_events.h"

#include <array>

namespace sockeye {

/// Tells which segments of one direction were sent again. One that merely is in the file twice (captured on a bridge
/// and on its port) was not: it has the identification of a packet before it or, without any, came at once.
class RepeatedSegments {
public:
    /// Of each direction; the last one that is told says that there may be more.
    static constexpr quint16 mostTold = 1000;

    /// A sentence about a segment, before it is added to `order`: empty where it is to be told nothing. Asked of every
    /// segment that has bytes or a SYN. `sequence`: of its first byte; a SYN's own number does not count.
    [[nodiscard]] QString take(const ConversationPacket& packet, quint32 sequence, const TcpReassembler& order);

private:
    [[nodiscard]] bool isCopy(const ConversationPacket& packet);
    [[nodiscard]] QString sentence(const ConversationPacket& packet, qint64 offset);

    std::array<quint16, 4> m_identifications {}; ///< of the last segments; 0: none
    quint8 m_next = 0; ///< of these, the oldest
    quint16 m_told = 0;
    quint8 m_opening = 0; ///< flags of the last SYN; 0: none was seen
    quint32 m_openingSequence = 0; ///< its number
    qint64 m_lastTime = 0; ///< of the segment before
};

} // namespace sockeye
