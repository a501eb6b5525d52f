// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/file_window.h"

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

/// One packet as it stands in a file. Views are valid until the next one is read.
struct Packet {
    qint64 time = 0; ///< nanoseconds since the epoch
    quint32 linkType = 0;
    quint32 flags = 0; ///< epb_flags, 0 if there are none
    QByteArrayView bytes;
    qint64 position = 0; ///< of `bytes` in the file
    qint64 originalSize = 0; ///< on the wire; more than `bytes` if the capture cut it
    std::vector<QByteArrayView> comments; ///< UTF-8
};

/// What a source left out because no packet can be made of it, though the file goes on.
struct SkippedPackets {
    qint64 undeclared = 0; ///< of interfaces that the file does not declare
    qint64 broken = 0;
};

/// Reads the packets of a file in order. What it reads is hostile: it says what is wrong and stops, never before what
/// can still be read.
class PacketSource {
public:
    virtual ~PacketSource() = default;

    /// The next packet; none at the end, or where nothing more can be made of the file: see problem().
    [[nodiscard]] virtual const Packet* next() = 0;

    /// What is wrong with the file, empty if nothing is.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// The problem is that the file ends too early: if it grows, next() finds more after goOn().
    [[nodiscard]] bool isCut() const { return m_cut; }
    /// Forgets the problem.
    void goOn();
    /// Where reading stands, and, once it stopped, where the problem is.
    [[nodiscard]] qint64 position() const { return m_position; }
    /// Whether the packet read last is from a file that Sockeye wrote.
    [[nodiscard]] virtual bool isOwn() const { return false; }
    [[nodiscard]] const SkippedPackets& skipped() const { return m_skipped; }

protected:
    const Packet* stop(const QString& problem);
    const Packet* stopAtEnd(const QString& problem); ///< position() is where to go on

    Packet m_packet;
    QString m_problem;
    bool m_cut = false;
    qint64 m_position = 0;
    SkippedPackets m_skipped;
};

/// For pcapng or classic pcap, whichever the file begins as; null if it is neither.
[[nodiscard]] std::unique_ptr<PacketSource> newPacketSource(FileWindow& file);

} // namespace sockeye
