// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/tcp_stream.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>

namespace sockeye {

/// One attempt to connect, and a moment's look at what the peer does then. Sends nothing.
class ConnectProbe final : public QObject, private TcpStream::Owner {
    Q_OBJECT
public:
    struct Outcome {
        FailureCode code = FailureCode::None;
        int error = 0; ///< errno, where the system gave one
        std::chrono::nanoseconds took { 0 }; ///< until the connection stood, or the attempt had failed
        bool connected = false; ///< it stood, whatever came then
        bool closedAtOnce = false; ///< the peer closed it in good order
        qint64 greeting = 0; ///< bytes that the peer sent at once
    };

    explicit ConnectProbe(QObject* parent);

    void start(const SocketAddress& address, std::chrono::milliseconds timeout); ///< ends in ended(), never at once

Q_SIGNALS:
    void ended(const sockeye::ConnectProbe::Outcome& outcome);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void failed(FailureCode code, int error);
    void end();

    TcpStream m_stream;
    QBasicTimer m_timer;
    std::chrono::steady_clock::time_point m_startedAt;
    Outcome m_outcome;
    bool m_over = false; ///< the timer only brings the news
};

} // namespace sockeye
