// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/unix_name.h"
#include "protocol/transport.h"

#include <QHostAddress>
#include <QString>

#include <optional>

namespace sockeye {

/// Where a socket is: an address with a port, or the name of a Unix socket. As shown to people and scripts:
/// "127.0.0.1:65432", "[::1]:65432", "/run/app.sock", "@name", "unnamed (pid 1234)".
struct SocketAddress {
    QHostAddress host;
    quint16 port = 0;
    UnixName unixName {}; ///< of a Unix socket, which has neither address nor port; else null

    /// What `host` (in options, files and fields) means without a look-up: an address in numbers, or a Unix socket
    /// (isUnixHost()). Nothing: it is a name.
    [[nodiscard]] static std::optional<SocketAddress> ofHost(const QString& host, quint16 port);

    [[nodiscard]] bool isUnix() const { return !unixName.isNull(); }
    [[nodiscard]] bool isNull() const { return host.isNull() && !isUnix(); } ///< it is not known
    [[nodiscard]] QString toString() const;
    [[nodiscard]] QString hostText() const; ///< without the port; "::" for the address of both families
    [[nodiscard]] QString placeText() const; ///< as placeText() below

    friend bool operator==(const SocketAddress&, const SocketAddress&) = default;
    friend std::size_t qHash(const SocketAddress& address, std::size_t seed = 0) noexcept
    {
        return qHashMulti(seed, address.host, address.port, address.unixName);
    }
};

/// How a Unix socket is written where a host stands: "unix:/run/app.sock", "unix:@name".
inline constexpr QLatin1StringView unixScheme("unix:");

/// Whether a host as it stands in options is a Unix socket; then there is no port.
[[nodiscard]] bool isUnixHost(const QString& host);

/// What scripts and filters call it: "tcp", "udp", "unix", "unix-datagram".
[[nodiscard]] QLatin1StringView transportName(Transport transport, bool isUnix);

/// A host and a port within a sentence: "example.org port 80", "the Unix socket /run/app.sock".
[[nodiscard]] QString placeText(const QString& host, quint16 port);

/// The same for titles and lists: "example.org:80", "[::1]:80", "unix:/run/app.sock".
[[nodiscard]] QString hostAndPort(const QString& host, quint16 port);

} // namespace sockeye
