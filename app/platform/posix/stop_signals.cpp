// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/stop_signals.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace sockeye {

namespace {

// A pipe that the handler writes to. Without locks: a signal handler may touch nothing else.
int readEnd = -1;
std::atomic<int> writeEnd = -1;
std::atomic<bool> isAsked = false; ///< by ask(), perhaps before there was anybody to hear of it
static_assert(std::atomic<int>::is_always_lock_free);

int makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
        readEnd = ends[0];
        writeEnd = ends[1];
    }
    return readEnd;
}

void writeOne()
{
    const int saved = errno;
    // A full pipe means that the request is known already.
    [[maybe_unused]] const ssize_t written = ::write(writeEnd, "", 1);
    errno = saved;
}

void onSignal(int)
{
    writeOne();
}

} // namespace

class StopSignals::Lookout {
public:
    Lookout()
        : notifier(makePipe(), QSocketNotifier::Read)
    {
    }
    QSocketNotifier notifier;
};

StopSignals::StopSignals()
    : m_lookout(std::make_unique<Lookout>())
{
    connect(&m_lookout->notifier, &QSocketNotifier::activated, this, [this] {
        char buffer[16];
        while (::read(readEnd, buffer, sizeof buffer) > 0) { }
        Q_EMIT stopRequested();
    });
    hearAgain();
    ::signal(SIGPIPE, SIG_IGN);
    if (isAsked) {
        writeOne();
    }
}

StopSignals::~StopSignals()
{
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
    m_lookout.reset();
    ::close(writeEnd.exchange(-1));
    ::close(readEnd);
    readEnd = -1;
}

void StopSignals::hearAgain()
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND); // the second one has its usual effect
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

void StopSignals::ask()
{
    isAsked = true;
    writeOne();
}

} // namespace sockeye
