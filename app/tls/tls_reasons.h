// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/tls/tls_facts.h"

#include <QByteArrayView>

#include <optional>

/// From OpenSSL's many reasons to our failures, and a sentence about the very case where there is more to say.
namespace sockeye {

/// Of a verification (X509_V_ERR_…), at the certificate that it is about.
[[nodiscard]] FailureCode certificateFailure(long verifyError);
/// `host`: whom the client asked for.
[[nodiscard]] QString certificateDetail(long verifyError, const CertificateFacts& certificate, const QString& host);

/// Of an alert that the peer sent (RFC 8446 §6). `wanted`: it had asked for a certificate that we do not have.
[[nodiscard]] FailureCode alertFailure(int alert, bool wanted);
[[nodiscard]] QString alertDetail(int alert);

/// The first error of this thread's queue that TLS itself put there, or the first one at all.
[[nodiscard]] unsigned long firstTlsError();
[[nodiscard]] std::optional<int> alertOf(unsigned long error); ///< the alert that it stands for, if one
[[nodiscard]] FailureCode tlsFailure(unsigned long error, bool ready); ///< any other
[[nodiscard]] QString reasonOf(unsigned long error); ///< in OpenSSL's words

/// Whether a stream that begins like this begins with a TLS handshake's first message.
[[nodiscard]] bool isClientHello(QByteArrayView bytes);
/// Whether a stream that begins like this is what a TLS server says to somebody who does not speak TLS.
[[nodiscard]] bool isTlsAlert(QByteArrayView bytes);
/// What came instead of TLS, if it can be named; else empty.
[[nodiscard]] QString notSpokenDetail(QByteArrayView bytes);
[[nodiscard]] QString echoDetail(); ///< our own first message came back

} // namespace sockeye
