// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye {

/// A proxy that a client connects through.
struct ProxyOptions {
    enum class Kind : quint8 {
        Socks5, ///< RFC 1928, with user and password of RFC 1929
        Http, ///< CONNECT of RFC 9110, 9.3.6, with Basic authentication
    };

    Kind kind = Kind::Socks5;
    QString host; ///< a name or an address
    quint16 port = 0;
    QByteArray user; ///< empty: none is told
    QByteArray password;

    friend bool operator==(const ProxyOptions&, const ProxyOptions&) = default;
};

/// Reads "socks5://[USER[:PASSWORD]@]HOST[:PORT]", or "http://…". Without a port: 1080, or 8080. User and password are
/// percent-encoded where they have to be. The error is a sentence, without the password.
[[nodiscard]] tl::expected<ProxyOptions, QString> readProxy(const QString& text);

/// "socks5://HOST:PORT", for people: without user and password.
[[nodiscard]] QString proxyText(const ProxyOptions& options);

} // namespace sockeye
