// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/datagram_socket.h"

#include <QBasicTimer>
#include <QByteArray>
#include <QObject>

#include <chrono>
#include <memory>

namespace sockeye {

/// Asks one thing over UDP and waits for the datagram that comes back; asks again a few times, since any may get lost.
class DatagramQuestion final : public QObject, private DatagramSocket::Owner {
    Q_OBJECT
public:
    static constexpr int tries = 3;

    explicit DatagramQuestion(QObject* parent);

    /// `socket` has its peer; `timeout` is for each try.
    void ask(std::unique_ptr<DatagramSocket> socket, const QByteArray& request, std::chrono::milliseconds timeout);
    void stop(); ///< says nothing any more

Q_SIGNALS:
    void answered(const QByteArray& reply);
    void failed(FailureCode code); ///< NoReply: none came

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable() override;
    void writable() override;
    void trySend();
    void fail(FailureCode code);

    std::unique_ptr<DatagramSocket> m_socket;
    std::unique_ptr<DatagramSocket> m_spent; ///< the one before, which may be who calls us
    QByteArray m_request;
    std::chrono::milliseconds m_timeout {};
    QBasicTimer m_timer;
    int m_tried = 0;
};

} // namespace sockeye
