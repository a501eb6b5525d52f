// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/pcap_source.h"

#include <QCoreApplication>
#include <QtEndian>

namespace sockeye {

namespace {

constexpr quint32 microMagic = 0xA1B2C3D4;
constexpr quint32 nanoMagic = 0xA1B23C4D;
constexpr qint64 fileHeadSize = 24;
constexpr qint64 recordHead = 16;
// Ten times what any program of the field writes; libpcap itself refuses more than 256 KiB.
constexpr quint32 largestPacket = 4 * 1024 * 1024;

} // namespace

std::unique_ptr<PacketSource> PcapSource::create(FileWindow& file)
{
    const char* head = file.at(0, fileHeadSize);
    if (!head) {
        return nullptr;
    }
    for (const bool bigEndian : { false, true }) {
        const quint32 magic = bigEndian ? qFromBigEndian<quint32>(head) : qFromLittleEndian<quint32>(head);
        if (magic == microMagic || magic == nanoMagic) {
            return std::unique_ptr<PacketSource>(new PcapSource(file, bigEndian, magic == nanoMagic));
        }
    }
    return nullptr;
}

PcapSource::PcapSource(FileWindow& file, bool bigEndian, bool nanoseconds)
    : m_file(file)
    , m_bigEndian(bigEndian)
    , m_unit(nanoseconds ? 1 : 1000)
{
    // The upper bits of the link type tell of a frame check sequence.
    m_packet.linkType = number(file.at(0, fileHeadSize) + 20) & 0xFFFF;
    m_position = fileHeadSize;
}

quint32 PcapSource::number(const char* at) const
{
    return m_bigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
}

const Packet* PcapSource::next()
{
    const qint64 left = m_file.end() - m_position;
    if (left == 0) {
        return nullptr;
    }
    const char* head = m_file.at(m_position, recordHead);
    if (!head) {
        return stopAtEnd(QCoreApplication::translate("CaptureReader", "it ends in the middle of a packet."));
    }
    const quint32 size = number(head + 8);
    const quint32 original = number(head + 12);
    if (size > largestPacket) {
        return stop(QCoreApplication::translate("CaptureReader", "a packet claims to be %1 bytes long.").arg(size));
    }
    m_packet.time = static_cast<qint64>(number(head)) * 1'000'000'000 + static_cast<qint64>(number(head + 4)) * m_unit;
    const char* bytes = m_file.at(m_position + recordHead, size);
    if (!bytes) {
        return stopAtEnd(QCoreApplication::translate("CaptureReader", "it ends in the middle of a packet."));
    }
    m_packet.bytes = QByteArrayView(bytes, static_cast<qsizetype>(size));
    m_packet.position = m_position + recordHead;
    m_packet.originalSize = std::max(original, size);
    m_position += recordHead + size;
    return &m_packet;
}

} // namespace sockeye
