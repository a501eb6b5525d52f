// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/formats/conversation_maker.h"

#include "app/formats/pcapng/format.h"
#include "tests/app/formats/packet_help.h"

#include <QtEndian>

#include <algorithm>

namespace sockeye {

using namespace pcapng;

ConversationMaker::ConversationMaker(Random& random, quint16 port, int snapLength, Trouble trouble)
    : m_random(random)
    , m_port(port)
    , m_snapLength(snapLength)
    , m_harmless(trouble == Trouble::Harmless)
    , m_ipv6(happens(30))
{
    for (Side& each : m_sides) {
        // Often so that the numbers wrap around within the stream.
        each.initial = happens(50) ? static_cast<quint32>(-upTo(300)) : static_cast<quint32>(m_random());
    }
    if (m_harmless) {
        plainHandshake();
    } else {
        handshake();
    }
    m_established = m_packets.size();
    const qint64 rounds = upTo(6);
    bool fromClient = happens(70);
    for (qint64 i = 0; i < rounds; ++i) {
        // A forgery is known as one by what both sides say after it.
        round(fromClient, !m_harmless && i + 2 < rounds);
        fromClient = !fromClient;
    }
    const std::size_t end = m_packets.size();
    closing();
    if (!m_reset || end > m_established) {
        mixUp();
    }
    if (m_snapLength == 0) {
        fragment();
    }
}

quint32 ConversationMaker::sequence(bool fromClient, qint64 offset) const
{
    return side(fromClient).initial + 1 + static_cast<quint32>(offset);
}

quint32 ConversationMaker::acknowledged(bool fromClient) const
{
    return sequence(!fromClient, side(fromClient).received) + (side(fromClient).finReceived ? 1 : 0);
}

/// Far from the connection's numbers.
quint32 ConversationMaker::somewhereElse(quint32 sequence)
{
    return sequence + 0x10000000U + static_cast<quint32>(m_random() % 0xD0000000U);
}

void ConversationMaker::put(
    bool fromClient, quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload, qint64 offset)
{
    Packet packet;
    packet.ip = ipPacket({ .payload = payload,
        .flags = flags,
        .sequence = sequence,
        .acknowledged = acknowledged,
        .fromClient = fromClient,
        .ipv6 = m_ipv6,
        .clientPort = m_port });
    packet.fromClient = fromClient;
    packet.offset = offset;
    packet.size = payload.size();
    if (m_snapLength > 0) {
        const qsizetype heads = packet.ip.size() - payload.size();
        packet.size = std::clamp<qint64>(m_snapLength - heads, 0, payload.size());
    }
    m_packets.push_back(packet);
}

void ConversationMaker::plainHandshake()
{
    const quint32 c = side(true).initial;
    const quint32 s = side(false).initial;
    put(true, syn, c, 0);
    put(false, syn | ack, s, c + 1);
    put(true, ack, c + 1, s + 1);
}

void ConversationMaker::handshake()
{
    const quint32 c = side(true).initial;
    const quint32 s = side(false).initial;
    if (happens(8)) {
        tell(QStringLiteral("answer of an old connection;"));
        const quint32 old = somewhereElse(c);
        put(true, syn, c, 0);
        put(false, ack, somewhereElse(s), old);
        put(true, rst, old, 0);
    }
    if (happens(10)) {
        tell(QStringLiteral("both open;"));
        put(true, syn, c, 0);
        put(false, syn, s, 0);
        const bool clientFirst = happens(50);
        put(clientFirst, syn | ack, clientFirst ? c : s, (clientFirst ? s : c) + 1);
        put(!clientFirst, syn | ack, clientFirst ? s : c, (clientFirst ? c : s) + 1);
        if (happens(50)) {
            std::swap(m_packets.end()[-3], m_packets.end()[-1]);
        }
        return;
    }
    for (qint64 i = upTo(5) / 4; i >= 0; --i) {
        put(true, syn, c, 0);
    }
    if (happens(10)) {
        tell(QStringLiteral("answered with another number first;"));
        put(false, syn | ack, somewhereElse(s), c + 1);
    }
    put(false, syn | ack, s, c + 1);
    if (happens(10)) {
        tell(QStringLiteral("answered with another number later;"));
        put(false, syn | ack, somewhereElse(s), c + 1);
    }
    if (happens(10)) {
        put(false, syn | ack, s, c + 1);
    }
    put(true, ack, c + 1, s + 1);
}

void ConversationMaker::send(bool fromClient, const Chunk& chunk)
{
    put(fromClient, static_cast<quint8>(happens(50) ? ack | psh : ack), sequence(fromClient, chunk.offset),
        acknowledged(fromClient), side(fromClient).stream.bytes.mid(chunk.offset, chunk.size), chunk.offset);
}

void ConversationMaker::acknowledge(bool fromClient)
{
    put(fromClient, ack, sequence(fromClient, side(fromClient).stream.bytes.size()), acknowledged(fromClient));
}

void ConversationMaker::forge(bool fromClient)
{
    const quint32 right = sequence(fromClient, side(fromClient).stream.bytes.size());
    switch (m_random() % 5) {
    case 0:
        tell(QStringLiteral("RST with the right number;"));
        put(fromClient, rst, right, 0);
        break;
    case 1:
        tell(QStringLiteral("RST with a wrong number;"));
        put(fromClient, rst | ack, somewhereElse(right), acknowledged(fromClient));
        break;
    case 2:
        tell(QStringLiteral("bytes with a wrong number;"));
        put(fromClient, ack | psh, somewhereElse(right), acknowledged(fromClient), QByteArray(30, '#'));
        break;
    case 3:
        tell(QStringLiteral("SYN with another number;"));
        put(true, syn, somewhereElse(sequence(true, 0)), 0);
        break;
    default:
        tell(QStringLiteral("FIN with a wrong number;"));
        put(fromClient, fin | ack, somewhereElse(right), acknowledged(fromClient));
        break;
    }
}

/// One side sends some chunks; the other acknowledges, until all of them have arrived.
void ConversationMaker::round(bool fromClient, bool mayForge)
{
    Side& from = side(fromClient);
    Side& to = side(!fromClient);
    const qint64 begin = from.stream.bytes.size();
    std::vector<Chunk> chunks;
    for (qint64 i = upTo(5); i > 0; --i) {
        Chunk chunk;
        chunk.offset = from.stream.bytes.size();
        chunk.size = happens(20) ? 1 : upTo(60);
        for (qint64 at = 0; at < chunk.size; ++at) {
            from.stream.bytes += static_cast<char>(m_random());
        }
        const auto fate = m_random() % 100;
        chunk.unseen = fate < 7 && !m_harmless;
        chunk.lostBefore = fate >= 7 && fate < 12;
        chunk.lostBehind = fate >= 12 && fate < 17;
        chunks.push_back(chunk);
    }
    // Retransmission is only of what is gone: without a snap length, perhaps in other pieces.
    if (happens(10)) {
        std::swap(chunks.front(), chunks.back());
        tell(QStringLiteral("sent in another order;"));
    }
    for (const Chunk& chunk : chunks) {
        if (!chunk.unseen && !chunk.lostBefore) {
            send(fromClient, chunk);
        }
    }
    std::sort(chunks.begin(), chunks.end(), [](const Chunk& a, const Chunk& b) { return a.offset < b.offset; });
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const Chunk& chunk = chunks[i];
        if (chunk.unseen) {
            tell(QStringLiteral("%1+%2 not captured;").arg(QString::number(chunk.offset), QString::number(chunk.size)));
        }
        if (!chunk.lostBefore && !chunk.lostBehind) {
            to.received = chunk.offset + chunk.size;
            continue;
        }
        tell(QStringLiteral("%1+%2 sent again;").arg(QString::number(chunk.offset), QString::number(chunk.size)));
        for (qint64 repeats = upTo(3); repeats > 1; --repeats) {
            acknowledge(!fromClient);
        }
        Chunk again = chunk;
        if (m_snapLength == 0 && happens(40)) {
            // With what came before or comes behind; nobody captures what was not sent.
            const qint64 before = std::min(upTo(40), again.offset - begin);
            const bool isHere = std::none_of(chunks.begin(), chunks.end(), [&](const Chunk& each) {
                return each.unseen && each.offset < again.offset && each.offset + each.size > again.offset - before;
            });
            if (isHere) {
                again.offset -= before;
                again.size += before;
            }
        }
        send(fromClient, again);
        to.received = chunk.offset + chunk.size;
    }
    if (mayForge && happens(25)) {
        forge(happens(50));
    }
    acknowledge(!fromClient);
}

void ConversationMaker::closing()
{
    const bool clientFirst = happens(70);
    const auto end = [this](bool fromClient) {
        put(fromClient, fin | ack, sequence(fromClient, side(fromClient).stream.bytes.size()),
            acknowledged(fromClient));
        side(fromClient).stream.finished = true;
        side(!fromClient).finReceived = true;
    };
    switch (m_harmless ? 2 : m_random() % 4) {
    case 0:
        tell(QStringLiteral("reset;"));
        m_reset = true;
        put(clientFirst, rst | ack, sequence(clientFirst, side(clientFirst).stream.bytes.size()),
            acknowledged(clientFirst), {});
        if (happens(50)) { // in flight
            Chunk chunk { side(!clientFirst).stream.bytes.size(), 5 };
            side(!clientFirst).stream.bytes += "later";
            send(!clientFirst, chunk);
            put(clientFirst, rst, sequence(clientFirst, side(clientFirst).stream.bytes.size()), 0);
        }
        break;
    case 1: // still open
        break;
    default:
        end(clientFirst);
        if (happens(50)) {
            acknowledge(!clientFirst);
        }
        end(!clientFirst);
        put(clientFirst, ack, sequence(clientFirst, side(clientFirst).stream.bytes.size()) + 1,
            acknowledged(clientFirst));
        break;
    }
}

/// What the capture, or the network behind it, does to any packets.
void ConversationMaker::mixUp()
{
    const std::size_t movable =
        m_reset ? m_packets.size() - std::min<std::size_t>(m_packets.size(), 3) : m_packets.size();
    for (std::size_t i = m_established; i + 1 < movable; ++i) {
        // Of what is acknowledged before it comes, tshark says that it is missing.
        const bool isHarmless = m_packets[i].fromClient == m_packets[i + 1].fromClient;
        if (happens(5) && (isHarmless || !m_harmless)) {
            std::swap(m_packets[i], m_packets[i + 1]);
            ++i;
        }
    }
    for (std::size_t i = m_established; i < m_packets.size(); ++i) {
        if (happens(4)) {
            const Packet copy = m_packets[i];
            const std::size_t at = std::min(m_packets.size(), i + static_cast<std::size_t>(upTo(4)));
            m_packets.insert(m_packets.begin() + static_cast<std::ptrdiff_t>(at), copy);
        }
    }
}

void ConversationMaker::fragment()
{
    quint16 number = static_cast<quint16>(m_random());
    for (Packet& packet : m_packets) {
        const qsizetype head = m_ipv6 ? 40 : 20;
        const qsizetype body = packet.ip.size() - head;
        if (body < 24 || !happens(8)) {
            continue;
        }
        ++number;
        for (qsizetype at = 0; at < body;) {
            const qsizetype size = std::min<qsizetype>(body - at, 8 * upTo(4));
            packet.fragments += ipFragment(packet.ip, at, size, number);
            at += size;
        }
        if (happens(30)) {
            std::shuffle(packet.fragments.begin(), packet.fragments.end(), m_random);
        }
        if (happens(20)) {
            packet.fragments += packet.fragments.front();
        }
    }
}

} // namespace sockeye
