// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QString>

namespace sockeye {

/// An address with a port, as shown to people and scripts: "127.0.0.1:65432", "[::1]:65432".
struct SocketAddress {
    QHostAddress host;
    quint16 port = 0;

    [[nodiscard]] QString toString() const;
    [[nodiscard]] QString hostText() const; ///< without the port; "::" for the address of both families
    friend bool operator==(const SocketAddress&, const SocketAddress&) = default;
};

} // namespace sockeye
