// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/tls/tls_pair.h"

#include <algorithm>
#include <cstring>

namespace sockeye {

Transfer MemoryWire::receive(char* data, qsizetype size)
{
    const qsizetype left = m_in.cutAfter - m_in.arrived;
    const qsizetype count = std::min({ size, m_in.bytes.size(), m_in.piece, left });
    if (count <= 0) {
        return { m_in.ended || left <= 0 ? TransferStatus::EndOfStream : TransferStatus::WouldBlock, 0 };
    }
    m_in.readsBlock = !m_in.readsBlock && m_in.piece < std::numeric_limits<qsizetype>::max();
    if (m_in.readsBlock) {
        return {};
    }
    std::memcpy(data, m_in.bytes.constData(), static_cast<std::size_t>(count));
    m_in.bytes.remove(0, count);
    m_in.arrived += count;
    ++m_in.moves;
    return { TransferStatus::Ok, count };
}

Transfer MemoryWire::send(QByteArrayView bytes)
{
    const qsizetype count = std::min({ bytes.size(), m_out.capacity - m_out.bytes.size(), m_out.piece });
    if (count <= 0) {
        return {};
    }
    m_out.writesBlock = !m_out.writesBlock && m_out.piece < std::numeric_limits<qsizetype>::max();
    if (m_out.writesBlock) {
        return {};
    }
    m_out.bytes += bytes.first(count);
    ++m_out.moves;
    return { TransferStatus::Ok, count };
}

TlsPair::TlsPair(std::shared_ptr<const TlsContext> serverContext, std::shared_ptr<const TlsContext> clientContext,
    const QString& host)
    : serverWire(up, down)
    , clientWire(down, up)
    , server(std::move(serverContext), serverWire)
    , client(std::move(clientContext), clientWire, host)
{
}

void TlsPair::shakeHands()
{
    // A step of either end that moves no byte twice in a row is the end of it.
    for (int idle = 0; idle < 20 && !(client.isReady() && server.isReady());) {
        const qsizetype before = up.moves + down.moves;
        client.handshake();
        up.ended = up.ended || client.isOver();
        server.handshake();
        down.ended = down.ended || server.isOver();
        if (client.isReady()) { // the server is done once there is room for its tickets
            TransferStatus last = TransferStatus::Ok;
            (void)readAll(client, down, last);
        }
        idle = up.moves + down.moves == before ? idle + 1 : 0;
    }
}

QByteArray TlsPair::toServer(const QByteArray& bytes)
{
    return carry(bytes, client, up, server);
}

QByteArray TlsPair::toClient(const QByteArray& bytes)
{
    return carry(bytes, server, down, client);
}

QByteArray TlsPair::carry(const QByteArray& bytes, TlsSession& from, MemoryStream& over, TlsSession& to)
{
    QByteArray arrived;
    qsizetype sent = 0;
    // A wire in pieces moves bytes of a record long before it is whole.
    for (int idle = 0; idle < 20 && arrived.size() < bytes.size(); ++idle) {
        const qsizetype before = over.moves;
        if (sent < bytes.size()) {
            const Transfer transfer = from.write(QByteArrayView(bytes).sliced(sent));
            sent += transfer.size;
        }
        TransferStatus last = TransferStatus::Ok;
        arrived += readAll(to, over, last);
        idle = over.moves == before ? idle : 0;
    }
    return arrived;
}

QByteArray readAll(TlsSession& session, const MemoryStream& in, TransferStatus& last)
{
    QByteArray all;
    QByteArray buffer(3000, Qt::Uninitialized); // no multiple of a record
    for (int waits = 0;;) { // a wire in pieces says WouldBlock every other time
        const qsizetype before = in.arrived;
        const Transfer transfer = session.read(buffer.data(), buffer.size());
        last = transfer.status;
        if (transfer.status == TransferStatus::Ok) {
            all += buffer.first(transfer.size);
        } else if (transfer.status != TransferStatus::WouldBlock) {
            return all;
        }
        waits = in.arrived == before && transfer.size == 0 ? waits + 1 : 0;
        if (waits > 2) {
            return all;
        }
    }
}

} // namespace sockeye
