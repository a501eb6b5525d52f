// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/repeated_segments.h"

#include "app/formats/pcapng/format.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

constexpr qint64 soonest = 1'000'000; ///< nanoseconds: no time-out and no round trip that loses something is shorter

} // namespace

QString RepeatedSegments::take(const ConversationPacket& packet, quint32 sequence, const TcpReassembler& order)
{
    const bool copy = isCopy(packet);
    const quint8 opening = packet.ip.flags & (pcapng::syn | pcapng::ack);
    const bool opens = (opening & pcapng::syn) != 0;
    if (opens) {
        const bool isKnown = m_opening == opening && m_openingSequence == sequence;
        m_opening = opening;
        m_openingSequence = sequence;
        if (!isKnown) {
            return {}; // a port that was used again, or an answer in place of another one
        }
    }
    const qint64 size = packet.ip.size + packet.ip.missing;
    const qint64 offset = order.offsetOf(sequence);
    const bool isRepeated = opens || (order.isNear(sequence) && offset >= 0 && offset + size <= order.next());
    // A byte that was acknowledged is how a side asks whether the other one is still there (RFC 9293 §3.8.4).
    const bool isProbe = !opens && size == 1 && offset + size == order.next();
    if (!isRepeated || isProbe || copy || m_told > mostTold) {
        return {};
    }
    return ++m_told > mostTold ? QCoreApplication::translate(
               "CaptureReader", "Further retransmissions of this connection in this direction are not listed.")
                               : sentence(packet, offset);
}

bool RepeatedSegments::isCopy(const ConversationPacket& packet)
{
    const qint64 since = packet.time - std::exchange(m_lastTime, packet.time);
    const auto identification = static_cast<quint16>(packet.ip.ipv6 ? 0 : packet.ip.identification);
    if (identification == 0) {
        return since < soonest;
    }
    if (std::ranges::find(m_identifications, identification) != m_identifications.end()) {
        return true;
    }
    m_identifications[m_next] = identification;
    m_next = static_cast<quint8>((m_next + 1) % m_identifications.size());
    return false;
}

QString RepeatedSegments::sentence(const ConversationPacket& packet, qint64 offset)
{
    if ((packet.ip.flags & pcapng::syn) != 0) {
        return (packet.ip.flags & pcapng::ack) != 0
            ? QCoreApplication::translate("CaptureReader", "Retransmission: the SYN, ACK was sent again.")
            : QCoreApplication::translate("CaptureReader", "Retransmission: the SYN was sent again.");
    }
    return QCoreApplication::translate("CaptureReader", "Retransmission: %n byte(s) from offset %1 on were sent again.",
        nullptr, static_cast<int>(packet.ip.size + packet.ip.missing))
        .arg(groupedDigits(offset));
}

} // namespace sockeye
