// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <array>
#include <random>
#include <vector>

namespace sockeye {

/// Makes TCP connections as networks and captures mangle them, by seed: the packets of a capture, and what is known to
/// have been sent. What went wrong is decided here, never read from the packets.
class ConversationMaker {
public:
    using Random = std::mt19937_64;
    enum class Trouble : quint8 {
        Everything,
        Harmless, ///< everything that was sent is there in the end, and nothing else
    };

    /// A packet as it was captured. What came of it: bytes of a stream, which are genuine, or none.
    struct Packet {
        QByteArray ip;
        QList<QByteArray> fragments; ///< instead of it; in the order in which they were captured
        bool fromClient = true;
        qint64 offset = -1; ///< in its stream; -1: it is forged, or carries nothing
        qint64 size = 0; ///< bytes of it that are in the capture
    };
    /// What one side has sent.
    struct Stream {
        QByteArray bytes;
        bool finished = false; ///< the FIN is in the capture
    };

    /// `port` is the client's, and tells conversations of one file apart.
    ConversationMaker(Random& random, quint16 port, int snapLength, Trouble trouble = Trouble::Everything);

    [[nodiscard]] const std::vector<Packet>& packets() const { return m_packets; }
    [[nodiscard]] const Stream& stream(bool fromClient) const { return m_sides[fromClient ? 0 : 1].stream; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] bool isReset() const { return m_reset; }
    [[nodiscard]] const QString& story() const { return m_story; } ///< what went wrong, for who looks for a fault

private:
    struct Side {
        Stream stream;
        quint32 initial = 0;
        qint64 received = 0; ///< bytes of the other stream that it has, without holes
        bool finSent = false;
        bool finReceived = false;
    };
    struct Chunk {
        qint64 offset = 0;
        qint64 size = 0;
        bool lostBefore = false; ///< on its way to where is captured: it will be sent again
        bool lostBehind = false; ///< on its way from there: it will be sent again
        bool unseen = false; ///< it arrived, and the capture missed it
    };
    [[nodiscard]] bool happens(int percent) { return static_cast<int>(m_random() % 100) < percent; }
    [[nodiscard]] qint64 upTo(qint64 most) { return 1 + static_cast<qint64>(m_random() % static_cast<quint64>(most)); }
    void tell(const QString& what) { m_story += what + u' '; }

    void handshake();
    void plainHandshake();
    void round(bool fromClient, bool mayForge);
    void closing();
    void mixUp();
    void fragment();
    void put(bool fromClient, quint8 flags, quint32 sequence, quint32 acknowledged, const QByteArray& payload = {},
        qint64 offset = -1);
    void send(bool fromClient, const Chunk& chunk);
    void acknowledge(bool fromClient);
    void forge(bool fromClient);
    [[nodiscard]] quint32 sequence(bool fromClient, qint64 offset) const;
    [[nodiscard]] quint32 acknowledged(bool fromClient) const;
    [[nodiscard]] quint32 somewhereElse(quint32 sequence);
    [[nodiscard]] Side& side(bool client) { return m_sides[client ? 0 : 1]; }
    [[nodiscard]] const Side& side(bool client) const { return m_sides[client ? 0 : 1]; }

    Random& m_random;
    const quint16 m_port;
    const int m_snapLength; ///< of the IP packet; 0: none
    const bool m_harmless;
    bool m_ipv6 = false;
    bool m_reset = false;
    std::array<Side, 2> m_sides;
    std::vector<Packet> m_packets;
    std::size_t m_established = 0; ///< packets of the handshake
    QString m_story;
};

} // namespace sockeye
