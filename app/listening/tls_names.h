// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

#include <QStringList>

namespace sockeye {

/// Whom a certificate of a server on `address` (asked for as `host`) has to be for: the loopback in all its names, what
/// was asked for, and, where it listens on every address, each of this machine's and its name.
[[nodiscard]] QStringList certificateNames(const QString& host, const QHostAddress& address);

/// The commands that show the server's certificate, and that send a request without verifying it; ready for a shell.
[[nodiscard]] QString lookLine(const SocketAddress& server);
[[nodiscard]] QString sendLine(const SocketAddress& server);

} // namespace sockeye
