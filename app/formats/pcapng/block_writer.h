// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QtEndian>

#include <cstring>

namespace sockeye::pcapng {

/// What the application's name in our own files begins with: how a reader knows them.
inline constexpr char ownApplication[] = "Sockeye";

/// The blocks that a file of ours begins with: section header and one interface, `title`, of link type `linkType` with
/// times in nanoseconds. `comment` says what the packets are.
[[nodiscard]] QByteArray fileHead(const QString& title, const QByteArray& comment);
/// The same for a file with foreign packets, which says nothing of made-up headers.
[[nodiscard]] QByteArray sectionHead(const QByteArray& application, const QByteArray& comment);
[[nodiscard]] QByteArray interfaceHead(quint32 linkType, const QByteArray& name, const QByteArray& description);

/// An Enhanced Packet Block around a packet of `packetSize` bytes that the caller writes himself.
struct PacketBlock {
    qsizetype packetSize = 0;
    qsizetype originalSize = 0; ///< on the wire; 0: as packetSize
    quint32 interface = 0;
    qint64 time = 0; ///< nanoseconds since the epoch
    quint32 flags = 0; ///< epb_flags; 0 leaves the option out
    QByteArray comment; ///< UTF-8; cut at 60,000 bytes

    /// Bytes before the packet in its block.
    static constexpr qsizetype before = 28;
    [[nodiscard]] qsizetype size() const;
    /// Writes everything but the packet to `to`, which has room for size() bytes, and returns where the packet goes.
    char* write(char* to) const;
};

/// Options hold numbers in the order of the file; ours are little-endian.
template <typename T> char* put(char* to, T value)
{
    const T little = qToLittleEndian(value);
    std::memcpy(to, &little, sizeof little);
    return to + sizeof little;
}

} // namespace sockeye::pcapng
