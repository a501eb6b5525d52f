// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <functional>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace sockeye {

/// A netlink socket to sock_diag that closes itself.
class Netlink {
public:
    Netlink()
        : m_descriptor(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG))
    {
        // The kernel answers at once; should it not, nobody waits for ever.
        const timeval patience { 2, 0 };
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~Netlink()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    Netlink(const Netlink&) = delete;
    Netlink& operator=(const Netlink&) = delete;
    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// Gives `take` the answers in the bytes of one netlink datagram. 0: there is more to come; 1: that was all; negative:
/// minus an errno. Anything may stand in `bytes`.
[[nodiscard]] int eachDiagAnswer(QByteArrayView bytes, const std::function<void(QByteArrayView body)>& take);

/// Reads what was asked for, datagram by datagram; `parse` gives what eachDiagAnswer() does. 0, or an errno.
[[nodiscard]] int readDiagDump(const Netlink& netlink, const std::function<int(QByteArrayView bytes)>& parse);

/// A question as it goes to the kernel.
struct DiagRequest {
    nlmsghdr header;
    inet_diag_req_v2 body;
};

} // namespace sockeye
