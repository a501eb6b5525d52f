// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture_tool/events.h"

#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace sockeye::tool {

Events::Events(int packets)
    : m_waited { pollfd { packets, POLLIN, 0 }, pollfd { -1, POLLIN, 0 }, pollfd { STDIN_FILENO, POLLIN, 0 } }
{
    // A reader that has gone, or a limit on the size of files, is an error of the write.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    sigset_t ending;
    ::sigemptyset(&ending);
    ::sigaddset(&ending, SIGTERM);
    ::sigaddset(&ending, SIGINT);
    ::sigprocmask(SIG_BLOCK, &ending, nullptr);
    m_waited[1].fd = ::signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

Events::~Events()
{
    ::close(m_waited[1].fd);
}

bool Events::wait(int milliseconds)
{
    if (::poll(m_waited.data(), m_waited.size(), milliseconds) < 0) {
        return errno == EINTR;
    }
    return m_waited[1].revents == 0 && (m_waited[2].revents == 0 || !inputEnded());
}

bool Events::inputEnded()
{
    char ignored[256];
    const ssize_t got = ::read(STDIN_FILENO, ignored, sizeof ignored);
    return got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
}

} // namespace sockeye::tool
