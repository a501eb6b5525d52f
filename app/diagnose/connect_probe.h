// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/stream.h"
#include "app/tls/tls_facts.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <memory>

namespace sockeye {

class TlsContext;

/// One attempt to connect, over TLS if asked, and a moment's look at what the peer does then. Sends nothing else, so
/// that there is nothing in it for a Channel: it is about the one thing that a channel takes for granted.
class ConnectProbe final : public QObject, private Stream::Owner {
    Q_OBJECT
public:
    struct Outcome {
        FailureCode code = FailureCode::None;
        int error = 0; ///< errno, where the system gave one
        std::chrono::nanoseconds took { 0 }; ///< until the connection stood, or the attempt had failed
        bool connected = false; ///< it stood, whatever came then
        bool closedAtOnce = false; ///< the peer closed it in good order
        qint64 greeting = 0; ///< bytes that the peer sent at once
        QString detail {}; ///< what TLS says of this very case; may be empty
        std::shared_ptr<const TlsFacts> tls {}; ///< once a handshake is done
    };

    explicit ConnectProbe(QObject* parent);

    /// Ends in ended(), never at once. `tls` is null without; `host` is whose certificate it should be. A handshake may
    /// take as long again.
    void start(const SocketAddress& address, std::chrono::milliseconds timeout,
        const std::shared_ptr<const TlsContext>& tls = {}, const QString& host = {});

Q_SIGNALS:
    void ended(const sockeye::ConnectProbe::Outcome& outcome);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void secured() override;
    void startTimer(std::chrono::milliseconds timeout);
    void failed(FailureCode code, int error);
    void end();

    std::unique_ptr<Stream> m_stream;
    QBasicTimer m_timer;
    std::shared_ptr<const TlsContext> m_tls;
    QString m_host;
    std::chrono::milliseconds m_timeout { 0 };
    std::chrono::steady_clock::time_point m_startedAt;
    Outcome m_outcome;
    bool m_over = false; ///< the timer only brings the news
};

} // namespace sockeye
