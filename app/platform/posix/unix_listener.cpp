// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/posix/unix_listener.h"

#include "app/platform/posix/socket_setup.h"
#include "app/platform/posix/system_address.h"

#include <cerrno>

#include <sys/socket.h>

namespace sockeye {

int UnixListener::open(const UnixName& name, int backlog, const SocketOptions& options)
{
    close();
    m_descriptor = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!isOpen()) {
        return errno;
    }
    int error = setUpStream(descriptor(), options);
    if (error == 0) {
        error = m_place.take(descriptor(), name);
    }
    if (error == 0 && ::listen(descriptor(), backlog) != 0) {
        error = errno;
    }
    if (error != 0) {
        close();
    }
    return error;
}

void UnixListener::close()
{
    m_place.leave();
    m_descriptor.close();
}

SocketAddress UnixListener::address() const
{
    return localAddress(descriptor());
}

} // namespace sockeye
