// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/datagram_ends.h"

#include "app/listening/listen_failure.h"

#include <algorithm>

namespace sockeye {

FailureCode DatagramSockets::bind(const Engine& engine, DatagramSocket::Owner& owner,
    const QList<SocketAddress>& addresses, quint16 port, SocketAddress& at, QString& detail,
    const SocketOptions& options)
{
    const auto bindAll = [&] {
        m_sockets.clear();
        quint16 common = port;
        FailureCode missing = FailureCode::None;
        for (const SocketAddress& address : addresses) {
            at = address;
            at.port = address.isUnix() ? 0 : common;
            std::unique_ptr<DatagramSocket> socket = engine.newDatagramSocket(&owner);
            const FailureCode code = socket->bind(at, options);
            if (code == FailureCode::AddressNotAvailable && addresses.size() > 1) {
                missing = code;
                continue;
            }
            if (code != FailureCode::None) {
                detail = socket->errorText();
                return code;
            }
            common = socket->local().port;
            m_sockets.push_back(std::move(socket));
        }
        return m_sockets.empty() ? missing : FailureCode::None;
    };
    const FailureCode code = onOnePort(port, addresses, bindAll);
    if (code != FailureCode::None) {
        m_sockets.clear();
    } else {
        m_address = m_sockets.front()->local();
    }
    return code;
}

void DatagramSockets::close()
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        socket->close();
    }
}

DatagramEnds DatagramSockets::endsOf(const DatagramSocket& socket, const DatagramSocket::Received& received) const
{
    return { received.from, m_sockets.size() > 1 ? socket.local().host : received.to };
}

DatagramSocket& DatagramSockets::socketOf(const DatagramEnds& ends) const
{
    const auto found = std::ranges::find_if(
        m_sockets, [&ends](const std::unique_ptr<DatagramSocket>& each) { return each->local().host == ends.local; });
    return found != m_sockets.end() ? **found : *m_sockets.front();
}

SocketAddress DatagramSockets::localOf(const DatagramEnds& ends) const
{
    SocketAddress local = m_address;
    local.host = ends.local.isNull() ? m_address.host : ends.local;
    return local;
}

DatagramSocket::Status DatagramSockets::send(QByteArrayView bytes, const DatagramEnds& to) const
{
    return socketOf(to).send(bytes, to.peer, m_sockets.size() > 1 ? QHostAddress() : to.local);
}

void DatagramSockets::setReading(bool on) const
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        if (socket->isOpen()) {
            socket->setReading(on);
        }
    }
}

void DatagramSockets::setWriting(bool on) const
{
    for (const std::unique_ptr<DatagramSocket>& socket : m_sockets) {
        if (socket->isOpen()) {
            socket->setWriting(on);
        }
    }
}

} // namespace sockeye
