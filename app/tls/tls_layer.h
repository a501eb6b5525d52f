// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/tcp_stream.h"
#include "app/tls/tls_session.h"

class QEvent;

namespace sockeye {

/// TLS between a TcpStream and its owner: has the session do its handshake, and turns what the socket is ready for into
/// what the session is ready for. What the owner wants to be told and what the socket is watched for are two things
/// here: a handshake reads and writes as it likes, and plain bytes may wait in the session with none in the socket.
class TlsLayer final : private TlsSession::Wire {
public:
    TlsLayer(TcpStream& stream, std::shared_ptr<const TlsContext> context, const QString& host);

    void begin();
    /// Of one of the stream's notifiers; false if it is none of ours.
    bool event(const QEvent& event, bool isReader);

    [[nodiscard]] Transfer read(char* data, qsizetype size);
    [[nodiscard]] Transfer write(QByteArrayView bytes);
    /// Sends close_notify; false if it, and the end of the TCP stream, follow later. Gives a handshake up.
    bool finish();
    void setReading(bool on);
    void setWriting(bool on);

    [[nodiscard]] bool isSecured() const { return m_isSecured; }
    [[nodiscard]] const TlsSession& session() const { return m_session; }

private:
    Transfer receive(char* data, qsizetype size) override { return m_stream.receive(data, size); }
    Transfer send(QByteArrayView bytes) override { return m_stream.send(bytes); }

    void shakeHands();
    void socketReady(bool isReader);
    void goOn();
    void update();
    void postMore();

    TcpStream& m_stream;
    TlsSession m_session;
    bool m_isSecured = false; ///< the handshake is done, and the owner knows
    bool m_wantsReading = false; ///< the owner
    bool m_wantsWriting = false; ///< the owner
    bool m_hasMore = false; ///< read() may give bytes without the socket
    bool m_isPosted = false; ///< an event to ourselves is on its way
    bool m_isFinishing = false; ///< close_notify waits for room
};

} // namespace sockeye
