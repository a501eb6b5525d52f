// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_run.h"
#include "tests/app/endpoint/engine_help.h"

#include <QSignalSpy>

#include <atomic>
#include <functional>
#include <thread>

namespace sockeye {

inline constexpr int patience = 30'000; // ms

/// What the application protocol's server answers, for servers that do so only for a while.
inline QByteArray rightReply(const QByteArray& request)
{
    for (const LoadRequest& each : readyMadeRequests({ 1, 1, 1 })) {
        if (each.bytes == request) {
            return each.golden;
        }
    }
    return {};
}

/// Takes one connection after the other and does with them what a test says, until it has had enough of them.
class OddServer {
public:
    using Handler = std::function<void(Peer& peer, int number)>; ///< number: of the connection, from 0
    explicit OddServer(Handler handler, int most = 1'000'000)
        : m_handler(std::move(handler))
        , m_address(m_listener->address())
        , m_thread([this, most] { serve(most); })
    {
    }
    ~OddServer()
    {
        m_over = true;
        const Peer wakesIt(m_address);
        m_thread.join();
    }
    OddServer(const OddServer&) = delete;
    OddServer& operator=(const OddServer&) = delete;
    [[nodiscard]] const SocketAddress& address() const { return m_address; }

private:
    void serve(int most)
    {
        for (int i = 0; i < most && !m_over; ++i) {
            Peer peer = m_listener->accept();
            if (!m_over) {
                m_handler(peer, i);
            }
        }
        m_listener.reset();
    }

    Handler m_handler;
    std::unique_ptr<PlainListener> m_listener = std::make_unique<PlainListener>();
    SocketAddress m_address;
    std::atomic<bool> m_over = false;
    std::thread m_thread;
};

/// Answers right until the peer closes, or that many times.
inline void answerRight(Peer& peer, int times = 1'000'000)
{
    for (int i = 0; i < times; ++i) {
        const QByteArray reply = rightReply(peer.readMessage());
        if (reply.isEmpty()) {
            return;
        }
        peer.send(reply);
    }
}

inline LoadPlan planFor(const SocketAddress& server, LoadMode mode, int connections = 1)
{
    LoadPlan plan;
    plan.host = server.host.toString();
    plan.port = server.port;
    plan.mode = mode;
    plan.connections = connections;
    plan.duration = std::chrono::milliseconds(0);
    plan.requests = 100;
    plan.mix = readyMadeRequests({});
    return plan;
}

inline bool runToEnd(LoadRun& run, const LoadPlan& plan)
{
    QSignalSpy finished(&run, &LoadRun::finished);
    run.start(plan);
    return !finished.isEmpty() || finished.wait(patience);
}

inline qint64 errorsOf(const LoadReport& report, LoadError error)
{
    return report.errors[static_cast<std::size_t>(error)];
}

} // namespace sockeye
