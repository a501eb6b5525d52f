// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/stop_signals.h"

#include <QTimer>

#include <atomic>
#include <chrono>
#include <csignal>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

// All that C++ lets a signal handler touch. Somebody has to look whether it did.
constexpr auto betweenLooks = 50ms;
std::atomic<int> requests = 0; ///< by signals and ask(), perhaps before there was anybody to hear of them
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int signal)
{
    std::signal(signal, SIG_DFL); // the second one has its usual effect
    ++requests;
}

} // namespace

class StopSignals::Lookout {
public:
    QTimer timer;
    int heard = 0;
};

StopSignals::StopSignals()
    : m_lookout(std::make_unique<Lookout>())
{
    connect(&m_lookout->timer, &QTimer::timeout, this, [this] {
        if (const int now = requests; now != m_lookout->heard) {
            m_lookout->heard = now;
            Q_EMIT stopRequested();
        }
    });
    m_lookout->timer.start(betweenLooks);
    hearAgain();
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);
#endif
}

StopSignals::~StopSignals()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

void StopSignals::hearAgain()
{
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

void StopSignals::ask()
{
    ++requests;
}

} // namespace sockeye
