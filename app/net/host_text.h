// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <QString>

#include <optional>

#include <tl/expected.hpp>

namespace sockeye {

/// What somebody wrote where a host is asked for.
struct HostText {
    QString host; ///< a name, an address without brackets, or a Unix socket as isUnixHost() knows it
    std::optional<quint16> port; ///< where one was written behind it; a Unix socket has none
};

/// Reads "example.org", "127.0.0.1", "::1", "[::1]", "example.org:80", "[::1]:80" and "fe80::1%eth0"; and for Unix
/// sockets "unix:PATH", "unix:@NAME", "/PATH" and "@NAME". A name is not looked up. The error is what is wrong and what
/// to write, in sentences: nothing, a URL, a link-local address without its interface or with one that this machine
/// does not have, a path that is too long.
[[nodiscard]] tl::expected<HostText, QString> readHost(const QString& text);

/// Reads what stands behind "unix:": a path, or "@NAME".
[[nodiscard]] tl::expected<HostText, QString> readUnixHost(const QString& text);

/// How a client of this machine writes the host of what listens at that address: 127.0.0.1 where it is every address,
/// "unix:PATH" of a Unix socket.
[[nodiscard]] QString reachableHost(const SocketAddress& listening);

/// Why `text` is no host; empty if it is one.
[[nodiscard]] QString hostProblem(const QString& text);

} // namespace sockeye
