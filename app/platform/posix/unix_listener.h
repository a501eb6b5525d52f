// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/socket_options.h"
#include "app/platform/posix/descriptor.h"
#include "app/platform/posix/unix_place.h"

namespace sockeye {

/// A Unix socket that listens for streams. Its file goes with it.
class UnixListener {
public:
    /// Gives 0, or the errno of what went wrong (UnixPlace::take()).
    [[nodiscard]] int open(const UnixName& name, int backlog, const SocketOptions& options);
    void close();
    [[nodiscard]] bool isOpen() const { return m_descriptor.isValid(); }
    [[nodiscard]] int descriptor() const { return m_descriptor.number(); }
    [[nodiscard]] SocketAddress address() const; ///< really bound

private:
    Descriptor m_descriptor;
    UnixPlace m_place;
};

} // namespace sockeye
