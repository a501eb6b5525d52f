// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// What a server shows of itself (command line: --tls-self-signed, --tls-cert, --tls-key).
struct TlsServerOptions {
    enum class Certificate : quint8 {
        None, ///< no TLS
        SelfSigned, ///< made by us at each start, in memory
        Own, ///< from files
    };
    Certificate certificate = Certificate::None;
    QString certificateFile; ///< PEM: the certificate, then those of its issuers
    QString keyFile; ///< PEM, without a password; empty: the key is in certificateFile, too

    [[nodiscard]] bool isOn() const { return certificate != Certificate::None; }
    friend bool operator==(const TlsServerOptions&, const TlsServerOptions&) = default;
};

/// How a client looks at the server's certificate (command line: --tls, --tls-ca, --tls-insecure).
struct TlsClientOptions {
    bool on = false;
    QString authorityFile; ///< PEM: the certificates to trust, instead of the system's; empty: the system's
    bool acceptAnything = false; ///< go on whatever is wrong with the certificate; what is wrong is still told
    QString certificateFile; ///< for servers that want to know who connects; empty: none
    QString keyFile; ///< likewise; empty: the key is in certificateFile, too

    friend bool operator==(const TlsClientOptions&, const TlsClientOptions&) = default;
};

} // namespace sockeye
