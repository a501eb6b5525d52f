// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>

namespace sockeye {

/// A checksum or digest, by its usual name: those of the CRC catalogue ("crc-16/modbus", "crc-32/iso-hdlc", …), and
/// "adler-32", "sum-8", "xor-8", "internet" (RFC 1071), "md5", "sha-1", "sha-256".
struct ChecksumAlgorithm;

/// The algorithm of that name, in any case; null if there is none.
[[nodiscard]] const ChecksumAlgorithm* checksumNamed(QByteArrayView name);

[[nodiscard]] QLatin1StringView checksumName(const ChecksumAlgorithm& algorithm);

/// Size of the result, in bytes.
[[nodiscard]] int checksumSize(const ChecksumAlgorithm& algorithm);

/// Whether the result is a number, of up to 64 bits, rather than a string of bytes.
[[nodiscard]] bool isNumeric(const ChecksumAlgorithm& algorithm);

/// The result as the algorithm's own documents write it: most significant byte first.
[[nodiscard]] QByteArray checksum(const ChecksumAlgorithm& algorithm, QByteArrayView bytes);

/// The same as hexadecimal digits, in upper case.
[[nodiscard]] QByteArray checksumText(const ChecksumAlgorithm& algorithm, QByteArrayView bytes);

/// The same as a number. Only of a numeric one.
[[nodiscard]] quint64 checksumNumber(const ChecksumAlgorithm& algorithm, QByteArrayView bytes);

} // namespace sockeye
