// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/peer_host.h"

#include "app/listening/listen_failure.h"
#include "protocol/text/describe_bytes.h"

#include <algorithm>
#include <utility>

namespace sockeye {

PeerHost::PeerHost(const ListenOptions& options, const std::shared_ptr<Recording>& recording,
    std::shared_ptr<std::atomic<quint32>> lastId)
    : m_options(options)
    , m_recorder(recording)
    , m_lastId(std::move(lastId))
    , m_scratch(std::make_unique<char[]>(scratchSize))
{
    // Moves to the I/O thread together with this.
    m_recorder.setParent(this);
}

void PeerHost::begin(const QList<SocketAddress>& addresses)
{
    if (!groupsReach(addresses)) {
        fail(makeFailure(FailureCode::AddressNotAvailable, addresses.constFirst().hostText(),
            Circumstance::GroupsOnOneAddress, groupsText(m_options.socket)));
        return;
    }
    SocketAddress at;
    QString detail;
    const FailureCode code =
        m_sockets.bind(*m_options.engine, *this, addresses, m_options.port, at, detail, m_options.socket);
    const bool joins = !m_options.socket.groups.isEmpty();
    if (code == FailureCode::Unreachable && (joins || at.host.isMulticast())) {
        fail(makeFailure(code, at.hostText(), Circumstance::NoInterfaceForGroup,
            joins ? groupsText(m_options.socket) : at.hostText()));
        return;
    }
    if (code != FailureCode::None) {
        fail(listenFailure(code, at, SocketProtocol::Udp, detail));
        return;
    }
    for (std::size_t i = 1; i < m_sockets.all().size(); ++i) {
        m_recorder.note(0, tr("Listening on %1, too.").arg(m_sockets.all()[i]->local().toString()));
    }
    m_recorder.notDone(*m_options.engine, m_options.socket, isUnixHost(m_options.host));
    if (joins) {
        m_recorder.note(0, tr("Multicast groups joined: %1.").arg(groupsText(m_options.socket)));
    }
    m_sockets.setReading(true);
    Q_EMIT listening(m_sockets.all().front()->local());
}

void PeerHost::fail(const Failure& failure)
{
    m_recorder.error(0, codeName(failure.code), failure.oneLine());
    m_recorder.flush();
    Q_EMIT failed(failure);
}

/// Whether what is sent to the groups comes to sockets of those addresses.
bool PeerHost::groupsReach(const QList<SocketAddress>& addresses) const
{
    return std::ranges::all_of(m_options.socket.groups, [&addresses](const QHostAddress& group) {
        return std::ranges::any_of(addresses, [&group](const SocketAddress& place) {
            const QHostAddress& address = place.host;
            const bool isBoth = address.protocol() == QAbstractSocket::AnyIPProtocol;
            const bool isAny = isBoth || address == QHostAddress(QHostAddress::AnyIPv4)
                || address == QHostAddress(QHostAddress::AnyIPv6);
            return (isAny || address.isMulticast()) && (isBoth || address.protocol() == group.protocol());
        });
    });
}

void PeerHost::end()
{
    m_sockets.close();
    letAllGo();
    m_recorder.flush();
    Q_EMIT ended();
}

void PeerHost::readable()
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets.all()) {
        readFrom(*socket);
    }
}

void PeerHost::readFrom(DatagramSocket& socket)
{
    for (int turns = datagramsPerTurn; turns > 0 && socket.isOpen() && takesMore(); --turns) {
        const DatagramSocket::Received got = socket.receive(m_scratch.get(), scratchSize);
        if (got.status == DatagramSocket::Status::WouldBlock) {
            return;
        }
        if (got.status == DatagramSocket::Status::Failed) {
            continue; // word of something that was sent earlier: it is not said to whom
        }
        m_recorder.datagramCut(0, got.cut);
        received(m_sockets.endsOf(socket, got), { m_scratch.get(), got.size });
    }
}

ConnectionFacts PeerHost::factsOf(const DatagramEnds& ends) const
{
    return { Transport::Udp, m_sockets.localOf(ends), ends.peer, false, false, false };
}

quint32 PeerHost::newPeer(const ConnectionFacts& facts)
{
    const quint32 id = m_lastId->fetch_add(1, std::memory_order_relaxed) + 1;
    m_recorder.opened(id, facts);
    return id;
}

void PeerHost::peerGone(quint32 id)
{
    m_recorder.closed(id, CloseKind::Orderly);
    m_toldFull = false;
}

void PeerHost::peerIsSilent(quint32 id)
{
    m_recorder.note(id,
        tr("Nothing came for %1 s: the peer counts as gone. UDP has no way to say good-bye.")
            .arg(static_cast<double>(m_options.idleTimeout.count()) / 1000.0));
}

void PeerHost::tellFull(const DatagramEnds& ends, std::size_t peers)
{
    if (!std::exchange(m_toldFull, true)) {
        m_recorder.error(0, codeName(FailureCode::TooManyConnections),
            tr("A datagram of %1 was thrown away, as is each of a further peer: there are %2 already, which is the "
               "limit that was set. Peers count as gone after the idle time-out.")
                .arg(ends.peer.toString(), groupedDigits(static_cast<qint64>(peers))));
    }
}

} // namespace sockeye
