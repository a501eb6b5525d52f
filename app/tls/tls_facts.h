// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace sockeye {

/// What a certificate says.
struct CertificateFacts {
    QString subject; ///< "CN = localhost"
    QString issuer;
    QStringList names; ///< whom it is for: "localhost", "127.0.0.1"
    qint64 validFrom = 0; ///< seconds since the epoch
    qint64 validUntil = 0;
    QString key; ///< "EC, 256 bits"
    QString fingerprint; ///< SHA-256, "AB:CD:…"
    friend bool operator==(const CertificateFacts&, const CertificateFacts&) = default;
};

/// What a TLS handshake came to. Travels in captures as JSON.
struct TlsFacts {
    QString version; ///< "TLSv1.3"
    QString cipher; ///< "TLS_AES_256_GCM_SHA384"
    QString serverName; ///< what the client asked for (SNI); empty: nothing
    QString applicationProtocol; ///< ALPN; empty: none
    QString verdict; ///< on the chain: "ok", "not-checked", or a failure's name ("certificate-expired")
    bool ours = false; ///< the chain is ours, not the peer's
    QList<CertificateFacts> chain; ///< as it was shown: the end's own certificate first; empty after a resumption
    friend bool operator==(const TlsFacts&, const TlsFacts&) = default;
};

/// One JSON object, compact; small enough for the comment of a packet.
[[nodiscard]] QByteArray toJson(const TlsFacts& facts);
/// Its chain alone, a JSON array.
[[nodiscard]] QByteArray chainJson(const TlsFacts& facts);
/// Nothing where it is no such object. Takes anything: files are hostile.
[[nodiscard]] std::optional<TlsFacts> tlsFactsFromJson(const QByteArray& json);

/// One line for people: version, cipher, whose certificate, and whether it holds.
[[nodiscard]] QString summary(const TlsFacts& facts);
/// The verdict as a sentence, and whether it is one that all is well with.
[[nodiscard]] QString verdictText(const TlsFacts& facts);

} // namespace sockeye
