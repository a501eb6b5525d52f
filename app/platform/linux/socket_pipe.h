// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/posix/descriptor.h"

#include <QtGlobal>

#include <span>

namespace sockeye {

/// A pipe by which the kernel hands the pages that came from one socket to another one: splice(2). No call waits. What
/// fails is minus an errno.
class SocketPipe {
public:
    /// Two descriptors; false if there are none left. The thread that opens it, and no other one, is to use it: it gets
    /// no SIGPIPE from then on, which splice(2), unlike send(2), cannot be asked to do without.
    [[nodiscard]] bool open();
    [[nodiscard]] bool isOpen() const { return m_out.isValid(); }
    [[nodiscard]] qsizetype size() const { return m_size; } ///< bytes that are in it

    /// Takes what has come from the socket, `most` at most, into the empty pipe; 0: its end of stream.
    [[nodiscard]] qsizetype fill(int socket, qsizetype most);
    [[nodiscard]] qsizetype drain(int socket); ///< gives what is in it to the socket, as much as that takes
    void takeOut(std::span<char> room); ///< the next bytes; no more than size()

private:
    Descriptor m_in;
    Descriptor m_out;
    qsizetype m_size = 0;
};

} // namespace sockeye
