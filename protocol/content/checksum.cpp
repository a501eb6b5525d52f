// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/checksum.h"

#include "protocol/content/crc.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace sockeye {

enum class ChecksumKind : quint8 { Crc, Adler32, Sum8, Xor8, Internet, Digest };

struct ChecksumAlgorithm {
    const char* name;
    ChecksumKind kind;
    int size; ///< bytes
    QCryptographicHash::Algorithm digest = QCryptographicHash::Md5;
    const CrcParameters* crc = nullptr;
};

namespace {

constexpr std::array<ChecksumAlgorithm, 7> plainChecksums { {
    { "adler-32", ChecksumKind::Adler32, 4 },
    { "sum-8", ChecksumKind::Sum8, 1 },
    { "xor-8", ChecksumKind::Xor8, 1 },
    { "internet", ChecksumKind::Internet, 2 },
    { "md5", ChecksumKind::Digest, 16, QCryptographicHash::Md5 },
    { "sha-1", ChecksumKind::Digest, 20, QCryptographicHash::Sha1 },
    { "sha-256", ChecksumKind::Digest, 32, QCryptographicHash::Sha256 },
} };

const std::vector<ChecksumAlgorithm>& allChecksums()
{
    static const std::vector<ChecksumAlgorithm> all = [] {
        std::vector<ChecksumAlgorithm> out(plainChecksums.begin(), plainChecksums.end());
        for (const CrcParameters& crc : crcCatalogue()) {
            out.push_back({ crc.name, ChecksumKind::Crc, (crc.width + 7) / 8, QCryptographicHash::Md5, &crc });
        }
        return out;
    }();
    return all;
}

quint64 adler32(QByteArrayView bytes)
{
    constexpr quint32 modulus = 65521;
    quint32 a = 1;
    quint32 b = 0;
    for (const char byte : bytes) {
        a = (a + static_cast<uchar>(byte)) % modulus;
        b = (b + a) % modulus;
    }
    return (static_cast<quint64>(b) << 16) | a;
}

/// RFC 1071: the ones' complement of the ones' complement sum of 16-bit words, a last odd byte filled up with zero.
quint64 internetChecksum(QByteArrayView bytes)
{
    quint64 sum = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        sum += static_cast<quint64>(static_cast<uchar>(bytes[i])) << (i % 2 == 0 ? 8 : 0);
    }
    while ((sum >> 16) != 0) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return ~sum & 0xffff;
}

} // namespace

const ChecksumAlgorithm* checksumNamed(QByteArrayView name)
{
    const QByteArray wanted = name.toByteArray().toLower();
    const auto& all = allChecksums();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const ChecksumAlgorithm& algorithm) { return wanted == algorithm.name; });
    return found == all.end() ? nullptr : &*found;
}

QLatin1StringView checksumName(const ChecksumAlgorithm& algorithm)
{
    return QLatin1StringView(algorithm.name);
}

int checksumSize(const ChecksumAlgorithm& algorithm)
{
    return algorithm.size;
}

bool isNumeric(const ChecksumAlgorithm& algorithm)
{
    return algorithm.kind != ChecksumKind::Digest;
}

quint64 checksumNumber(const ChecksumAlgorithm& algorithm, QByteArrayView bytes)
{
    switch (algorithm.kind) {
    case ChecksumKind::Crc:
        return crc(*algorithm.crc, bytes);
    case ChecksumKind::Adler32:
        return adler32(bytes);
    case ChecksumKind::Sum8: {
        quint64 sum = 0;
        for (const char byte : bytes) {
            sum += static_cast<uchar>(byte);
        }
        return sum & 0xff;
    }
    case ChecksumKind::Xor8: {
        uchar all = 0;
        for (const char byte : bytes) {
            all = static_cast<uchar>(all ^ static_cast<uchar>(byte));
        }
        return all;
    }
    case ChecksumKind::Internet:
        return internetChecksum(bytes);
    case ChecksumKind::Digest:
        break;
    }
    return 0;
}

QByteArray checksum(const ChecksumAlgorithm& algorithm, QByteArrayView bytes)
{
    if (algorithm.kind == ChecksumKind::Digest) {
        QCryptographicHash hash(algorithm.digest);
        hash.addData(bytes.toByteArray());
        return hash.result();
    }
    const quint64 number = checksumNumber(algorithm, bytes);
    QByteArray out;
    for (int i = algorithm.size - 1; i >= 0; --i) {
        out += static_cast<char>(number >> (8 * i));
    }
    return out;
}

QByteArray checksumText(const ChecksumAlgorithm& algorithm, QByteArrayView bytes)
{
    return checksum(algorithm, bytes).toHex().toUpper();
}

} // namespace sockeye
