// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/tls/openssl_handles.h"

#include <vector>

#include <tl/expected.hpp>

namespace sockeye {

/// A PEM file has no more bytes: the whole store of a system has a quarter of a MiB.
inline constexpr qint64 largestPemFile = 4 * 1024 * 1024;

// Of pipes and of standard input ("-") they know what inputBytes() has kept; they never wait for one.
/// All certificates of a PEM file, in order: at least one.
[[nodiscard]] tl::expected<std::vector<openssl::CertificateHandle>, Failure> readCertificates(const QString& file);
/// The private key of a PEM file. One with a password is a failure that says so.
[[nodiscard]] tl::expected<openssl::KeyHandle, Failure> readKey(const QString& file);

/// A TlsSetup failure about `file`; `why` is a sentence.
[[nodiscard]] Failure setupFailure(const QString& file, const QString& why);
/// What OpenSSL says of the last thing that went wrong in this thread; forgets it.
[[nodiscard]] QString opensslReason();

} // namespace sockeye
