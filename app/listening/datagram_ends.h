// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engine.h"

#include <QHashFunctions>
#include <QList>

#include <memory>
#include <vector>

namespace sockeye {

/// Between whom datagrams go: what tells one peer of a UDP server from another.
struct DatagramEnds {
    SocketAddress peer;
    QHostAddress local; ///< of ours, that of its socket where there are several; null where there is only one
    friend bool operator==(const DatagramEnds&, const DatagramEnds&) = default;
};

struct DatagramEndsHash {
    std::size_t operator()(const DatagramEnds& ends) const noexcept { return qHashMulti(0, ends.peer, ends.local); }
};

/// The sockets of one UDP server, one for each address that it listens on.
class DatagramSockets {
public:
    /// Binds to all of them, with one port (0: a free one); of several, those that this machine does not have are left
    /// out. Where it fails, `at` says where, and `detail` why in the system's words.
    [[nodiscard]] FailureCode bind(const Engine& engine, DatagramSocket::Owner& owner,
        const QList<SocketAddress>& addresses, quint16 port, SocketAddress& at, QString& detail,
        const SocketOptions& options);
    void close(); ///< all of them; they stay until the next bind()

    [[nodiscard]] const std::vector<std::unique_ptr<DatagramSocket>>& all() const { return m_sockets; }
    [[nodiscard]] DatagramEnds endsOf(const DatagramSocket& socket, const DatagramSocket::Received& received) const;
    [[nodiscard]] DatagramSocket& socketOf(const DatagramEnds& ends) const;
    /// Our address as a peer sees it.
    [[nodiscard]] SocketAddress localOf(const DatagramEnds& ends) const;
    [[nodiscard]] DatagramSocket::Status send(QByteArrayView bytes, const DatagramEnds& to) const;
    void setReading(bool on) const;
    void setWriting(bool on) const;

private:
    std::vector<std::unique_ptr<DatagramSocket>> m_sockets;
    SocketAddress m_address; ///< really bound, of the first
};

} // namespace sockeye
