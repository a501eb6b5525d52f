// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/openssl_handles.h"
#include "app/tls/tls_facts.h"

namespace sockeye {

/// What `certificate` says. Takes any that OpenSSL could parse.
[[nodiscard]] CertificateFacts readCertificate(const X509* certificate);
/// Its time as people write it: "2026-01-31 12:00 UTC".
[[nodiscard]] QString certificateTime(qint64 secondsSinceEpoch);

} // namespace sockeye
