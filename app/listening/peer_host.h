// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/listening/datagram_ends.h"
#include "app/listening/listen_options.h"
#include "app/net/datagram_socket.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <memory>
#include <span>

namespace sockeye {

/// A server or a relay over UDP, from its start to its stop, in one I/O thread: with one socket for each address of its
/// name. UDP knows no connections: what a peer (an address with a port) sends and gets is one conversation, from its
/// first datagram until it counts as gone. Who its peers are, derived classes know.
class PeerHost : public QObject, private DatagramSocket::Owner {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int datagramsPerTurn = 64; ///< then others of this thread have theirs

    // In its own thread.
    /// Listens on all of them, with one port; of several, those that this machine does not have are left out. Ends in
    /// listening(), with the first that there is, or failed().
    void begin(const QList<SocketAddress>& addresses);
    void end(); ///< lets all peers go; ends in ended()
    virtual void forget(quint32 connection) = 0; ///< the peer counts as gone; unknown ids are ignored

    // For its peers.
    [[nodiscard]] Recorder& recorder() { return m_recorder; }
    [[nodiscard]] const DatagramSockets& sockets() const { return m_sockets; }
    /// Room for any datagram; what is received is there while it is looked at.
    [[nodiscard]] std::span<char> scratch() { return { m_scratch.get(), scratchSize }; }
    void countExchange() { m_exchanges.fetch_add(1, std::memory_order_relaxed); }

    /// Datagrams answered, or answers passed back. From any thread.
    [[nodiscard]] qint64 exchanges() const { return m_exchanges.load(std::memory_order_relaxed); }

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address);
    void failed(const sockeye::Failure& failure);
    void ended();

protected:
    PeerHost(const ListenOptions& options, const std::shared_ptr<Recording>& recording,
        std::shared_ptr<std::atomic<quint32>> lastId);

    virtual void received(const DatagramEnds& ends, QByteArrayView datagram) = 0;
    [[nodiscard]] virtual bool takesMore() const { return true; } ///< false: nothing is read
    virtual void letAllGo() = 0; ///< and no timer goes off any more

    [[nodiscard]] ConnectionFacts factsOf(const DatagramEnds& ends) const;
    /// The id of a new peer, which is recorded as opened.
    [[nodiscard]] quint32 newPeer(const ConnectionFacts& facts);
    void peerGone(quint32 id); ///< is recorded
    void peerIsSilent(quint32 id); ///< a note tells so
    /// That a datagram was thrown away since there are `peers` already: once, until one of them is gone.
    void tellFull(const DatagramEnds& ends, std::size_t peers);

private:
    static constexpr std::size_t scratchSize = 65'536; ///< more than any datagram

    void readable() final;
    void readFrom(DatagramSocket& socket);
    void fail(const Failure& failure);
    [[nodiscard]] bool groupsReach(const QList<SocketAddress>& addresses) const;

    ListenOptions m_options;
    Recorder m_recorder;
    std::shared_ptr<std::atomic<quint32>> m_lastId; ///< of the endpoint: ids go on across restarts
    DatagramSockets m_sockets; ///< made in the I/O thread
    std::unique_ptr<char[]> m_scratch;
    bool m_toldFull = false; ///< since there was room last
    std::atomic<qint64> m_exchanges = 0;
};

} // namespace sockeye
