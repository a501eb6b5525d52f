// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/openssl_handles.h"

#include <QByteArray>
#include <QString>

class QTemporaryDir;

namespace sockeye {

/// A certificate made for a test, with its key.
struct TestCertificate {
    openssl::CertificateHandle certificate;
    openssl::KeyHandle key;
};

struct CertificateWish {
    QByteArray subject = "localhost";
    QByteArray names = "DNS:localhost,IP:127.0.0.1"; ///< as OpenSSL's configuration has them; empty: none
    long validFrom = -3600; ///< seconds from now
    long validUntil = 3600;
    QByteArray usage = "serverAuth"; ///< extended key usage
    bool isAuthority = false;
};

/// Signed by `issuer`, or by itself without one.
[[nodiscard]] TestCertificate makeCertificate(const CertificateWish& wish, const TestCertificate* issuer = nullptr);

/// Certificate and key in one PEM file of `folder`; returns its name.
[[nodiscard]] QString writePem(const QTemporaryDir& folder, const QString& name, const TestCertificate& certificate);

} // namespace sockeye
