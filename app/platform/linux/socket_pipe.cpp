// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/socket_pipe.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

namespace sockeye {

namespace {

/// What the pipe is to hold: it has a place for each page of that, however little of it is in use. As much as anybody
/// may have, where nothing else was decided for the machine; without the right to it the pipe stays as it is.
constexpr int pipeCapacity = 1024 * 1024;

qsizetype splice(int from, int to, qsizetype most)
{
    const ssize_t moved =
        ::splice(from, nullptr, to, nullptr, static_cast<std::size_t>(most), SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
    return moved >= 0 ? moved : -errno;
}

} // namespace

bool SocketPipe::open()
{
    std::array<int, 2> ends {};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return false;
    }
    m_out = Descriptor(ends[0]);
    m_in = Descriptor(ends[1]);
    (void)::fcntl(m_in.number(), F_SETPIPE_SZ, pipeCapacity);
    sigset_t broken;
    ::sigemptyset(&broken);
    ::sigaddset(&broken, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &broken, nullptr);
    return true;
}

qsizetype SocketPipe::fill(int socket, qsizetype most)
{
    const qsizetype moved = splice(socket, m_in.number(), most);
    m_size += qMax<qsizetype>(moved, 0);
    return moved;
}

/// Exactly as many as there are: were it asked for more, the socket would hold back the last ones for those.
qsizetype SocketPipe::drain(int socket)
{
    const qsizetype moved = splice(m_out.number(), socket, m_size);
    m_size -= qMax<qsizetype>(moved, 0);
    return moved;
}

void SocketPipe::takeOut(std::span<char> room)
{
    while (!room.empty()) {
        const ssize_t count = ::read(m_out.number(), room.data(), room.size());
        if (count <= 0) {
            break; // never: they are in it
        }
        m_size -= count;
        room = room.subspan(static_cast<std::size_t>(count));
    }
}

} // namespace sockeye
