// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/tls_session.h"

#include <QByteArray>

#include <limits>

namespace sockeye {

/// One direction between two sessions, in memory: holds so much at most, and gives so much at once.
struct MemoryStream {
    QByteArray bytes;
    qsizetype capacity = std::numeric_limits<qsizetype>::max();
    qsizetype piece = std::numeric_limits<qsizetype>::max(); ///< of a read or write; every other one would block
    qsizetype cutAfter = std::numeric_limits<qsizetype>::max(); ///< bytes of the stream that arrive; then it ends
    qsizetype arrived = 0; ///< bytes read so far
    qsizetype moves = 0; ///< of bytes, in or out
    bool ended = false;
    bool readsBlock = false;
    bool writesBlock = false;
};

/// What a session has for a socket: reads one stream and writes the other.
class MemoryWire final : public TlsSession::Wire {
public:
    MemoryWire(MemoryStream& in, MemoryStream& out)
        : m_in(in)
        , m_out(out)
    {
    }
    Transfer receive(char* data, qsizetype size) override;
    Transfer send(QByteArrayView bytes) override;

private:
    MemoryStream& m_in;
    MemoryStream& m_out;
};

/// A client and a server with nothing but memory between them.
struct TlsPair {
    TlsPair(std::shared_ptr<const TlsContext> serverContext, std::shared_ptr<const TlsContext> clientContext,
        const QString& host = QStringLiteral("localhost"));

    MemoryStream up; ///< from the client to the server
    MemoryStream down;
    MemoryWire serverWire;
    MemoryWire clientWire;
    TlsSession server;
    TlsSession client;

    /// Until both are ready or nothing more happens.
    void shakeHands();
    /// Writes all of it, reading at the other end as long as it takes; returns what arrived there.
    [[nodiscard]] QByteArray toServer(const QByteArray& bytes);
    [[nodiscard]] QByteArray toClient(const QByteArray& bytes);

private:
    [[nodiscard]] QByteArray carry(const QByteArray& bytes, TlsSession& from, MemoryStream& over, TlsSession& to);
};

/// Everything that there is to read at this moment, from `in`; `last` becomes how it ended.
[[nodiscard]] QByteArray readAll(TlsSession& session, const MemoryStream& in, TransferStatus& last);

} // namespace sockeye
