// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/reading_families.h"

#include <QUuid>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr int ipv4Size = 4;
constexpr int macSize = 6;
constexpr int longSize = 16; ///< of an IPv6 address and of a UUID

QString joined(QByteArrayView bytes, int base, QChar between)
{
    QString text;
    for (const char byte : bytes) {
        text += text.isEmpty() ? QString() : QString(between);
        text += QString::number(static_cast<uchar>(byte), base).rightJustified(base == 16 ? 2 : 1, u'0');
    }
    return text;
}

/// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as "::", the first of them.
QString ipv6Text(QByteArrayView bytes)
{
    constexpr std::size_t groups = 8;
    std::array<quint16, groups> group {};
    for (std::size_t i = 0; i < groups; ++i) {
        group.at(i) = qFromBigEndian<quint16>(bytes.data() + 2 * i);
    }
    std::size_t best = groups;
    std::size_t bestSize = 1;
    for (std::size_t i = 0; i < groups; ++i) {
        std::size_t size = 0;
        while (i + size < groups && group.at(i + size) == 0) {
            ++size;
        }
        if (size > bestSize) {
            best = i;
            bestSize = size;
        }
        i += size;
    }
    QString text;
    for (std::size_t i = 0; i < groups; ++i) {
        if (i == best) {
            text += u"::";
            i += bestSize - 1;
            continue;
        }
        text += (text.isEmpty() || text.endsWith(u':') ? QString() : QStringLiteral(":"))
            + QString::number(group.at(i), 16);
    }
    return text;
}

/// A reading of `size` bytes in the order of the network.
ValueReading fixedReading(const QString& name, int size, QByteArrayView bytes, auto read)
{
    return bytes.size() < size ? noReading(name, readingText("needs %1 bytes").arg(size), size)
                               : plainReading(name, read(bytes.first(size)), size);
}

} // namespace

void addAddresses(ValueReadings& out, const SelectedBytes& from)
{
    const QByteArrayView bytes = from.bytes;
    out.push_back(orderedReading(QStringLiteral("IPv4"), ipv4Size, bytes, [bytes](bool little) {
        QByteArray address = bytes.first(ipv4Size).toByteArray();
        if (little) {
            std::reverse(address.begin(), address.end());
        }
        return joined(address, 10, u'.');
    }));
    out.back().hint = readingText("On the wire an address is big-endian");
    out.push_back(fixedReading(
        QStringLiteral("MAC"), macSize, bytes, [](QByteArrayView address) { return joined(address, 16, u':'); }));
    out.push_back(fixedReading(QStringLiteral("IPv6"), longSize, bytes, ipv6Text));
    out.push_back(orderedReading(QStringLiteral("UUID"), longSize, bytes, [bytes](bool little) {
        QByteArray uuid = bytes.first(longSize).toByteArray();
        if (little) {
            std::reverse(uuid.begin(), uuid.begin() + 4);
            std::reverse(uuid.begin() + 4, uuid.begin() + 6);
            std::reverse(uuid.begin() + 6, uuid.begin() + 8);
        }
        return QUuid::fromRfc4122(uuid).toString(QUuid::WithoutBraces);
    }));
    out.back().hint =
        readingText("Big-endian as in RFC 9562; little-endian the GUID of Windows, whose first three parts are so");
}

} // namespace sockeye
