// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/tls/openssl_handles.h"

#include <QStringList>

namespace sockeye {

struct SelfSigned {
    openssl::CertificateHandle certificate;
    openssl::KeyHandle key;
};

/// A key (P-256) and a certificate that it signs itself, valid for a year from an hour ago on, for `names`: names and
/// addresses of which OpenSSL takes the ones that it can. Null handles if OpenSSL fails.
[[nodiscard]] SelfSigned makeSelfSigned(const QStringList& names);

} // namespace sockeye
