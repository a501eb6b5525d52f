// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/pcapng_source.h"

#include "app/formats/pcapng/block_writer.h"
#include "app/formats/pcapng/format.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>

namespace sockeye {

using namespace pcapng;

namespace {

constexpr qint64 smallestBlock = 12;
constexpr std::size_t mostInterfaces = 65'536;

QString cutText()
{
    return QCoreApplication::translate("CaptureReader", "it ends in the middle of a block.");
}

constexpr quint64 powerOfTen(int exponent)
{
    quint64 result = 1;
    for (; exponent > 0; --exponent) {
        result *= 10;
    }
    return result;
}

} // namespace

PcapngSource::PcapngSource(FileWindow& file)
    : m_file(file)
{
}

inline quint16 PcapngSource::number16(const char* at) const
{
    return m_bigEndian ? qFromBigEndian<quint16>(at) : qFromLittleEndian<quint16>(at);
}

inline quint32 PcapngSource::number32(const char* at) const
{
    return m_bigEndian ? qFromBigEndian<quint32>(at) : qFromLittleEndian<quint32>(at);
}

const Packet* PcapngSource::next()
{
    while (m_position < m_file.end()) {
        const char* head = m_file.at(m_position, smallestBlock);
        if (!head) {
            return stopAtEnd(cutText());
        }
        const quint32 type = number32(head);
        const bool section = type == sectionHeaderBlock; // reads the same in both byte orders
        if (section) {
            const quint32 magic = qFromLittleEndian<quint32>(head + 8);
            if (magic != byteOrderMagic && qbswap(magic) != byteOrderMagic) {
                return stop(QCoreApplication::translate("CaptureReader", "a section has no valid byte-order mark."));
            }
            m_bigEndian = magic != byteOrderMagic;
        }
        const qint64 size = number32(head + 4);
        if (size < smallestBlock || size % 4 != 0) {
            return stop(QCoreApplication::translate("CaptureReader", "a block claims to be %1 bytes long.").arg(size));
        }
        if (size > m_file.end() - m_position) {
            return stopAtEnd(cutText());
        }
        const qint64 at = m_position;
        const bool packet = type == enhancedPacketBlock || type == simplePacketBlock || type == obsoletePacketBlock;
        if (!section && !packet && type != interfaceBlock) {
            m_position += size;
            continue;
        }
        if (size > FileWindow::largest) {
            ++m_skipped.broken; // well formed, but no packet is that large
            m_position += size;
            continue;
        }
        const char* block = m_file.at(at, size);
        if (!block) {
            return stopAtEnd(cutText());
        }
        if (number32(block + size - 4) != size) {
            return stop(
                QCoreApplication::translate("CaptureReader", "the two lengths of a block contradict each other."));
        }
        const char* body = block + 8;
        const qint64 bodySize = size - smallestBlock;
        m_packet.position = at + 8;
        if (section ? !readSection(body, bodySize) : type == interfaceBlock && !readInterface(body, bodySize)) {
            return stop(QCoreApplication::translate("CaptureReader", "a block is too short for what it must hold."));
        }
        m_position += size;
        if (!packet) {
            continue;
        }
        if (type == simplePacketBlock ? readSimplePacket(body, bodySize) : readPacket(type, body, bodySize)) {
            return &m_packet;
        }
    }
    return nullptr;
}

template <typename Take> void PcapngSource::options(const char* from, qint64 size, Take&& take) const
{
    while (size >= 4) {
        const quint16 code = number16(from);
        const qint64 length = number16(from + 2);
        if (code == endOfOptions || length > size - 4) {
            return;
        }
        take(code, QByteArrayView(from + 4, static_cast<qsizetype>(length)));
        const qint64 step = std::min(size, 4 + ((length + 3) & ~qint64 { 3 }));
        from += step;
        size -= step;
    }
}

bool PcapngSource::readSection(const char* body, qint64 size)
{
    if (size < 16) {
        return false;
    }
    m_interfaces.clear();
    m_own = false;
    options(body + 16, size - 16, [this](quint16 code, QByteArrayView value) {
        if (code == applicationOption) {
            m_own = value.startsWith(ownApplication);
        }
    });
    return true;
}

bool PcapngSource::readInterface(const char* body, qint64 size)
{
    if (size < 8) {
        return false;
    }
    if (m_interfaces.size() >= mostInterfaces) {
        return true; // counted with its packets
    }
    Interface interface;
    interface.linkType = number16(body);
    interface.snapLength = number32(body + 4);
    options(body + 8, size - 8, [&](quint16 code, QByteArrayView value) {
        if (code == timeResolutionOption && !value.isEmpty()) {
            interface.resolution = static_cast<quint8>(value[0]);
        } else if (code == timeOffsetOption && value.size() == 8) {
            interface.offset =
                m_bigEndian ? qFromBigEndian<qint64>(value.data()) : qFromLittleEndian<qint64>(value.data());
        }
    });
    m_interfaces.push_back(interface);
    return true;
}

bool PcapngSource::readPacket(quint32 type, const char* body, qint64 size)
{
    if (size < 20) {
        ++m_skipped.broken;
        return false;
    }
    const quint32 interface = type == obsoletePacketBlock ? number16(body) : number32(body);
    const qint64 captured = number32(body + 12);
    if (interface >= m_interfaces.size()) {
        ++m_skipped.undeclared;
        return false;
    }
    if (captured > size - 20) {
        ++m_skipped.broken;
        return false;
    }
    m_packet.linkType = m_interfaces[interface].linkType;
    m_packet.time =
        timeOf(m_interfaces[interface], (static_cast<quint64>(number32(body + 4)) << 32) | number32(body + 8));
    m_packet.bytes = QByteArrayView(body + 20, static_cast<qsizetype>(captured));
    m_packet.position += 20;
    m_packet.originalSize = std::max<qint64>(number32(body + 16), captured);
    m_packet.flags = 0;
    m_packet.comments.clear();
    const qint64 padded = std::min(size - 20, (captured + 3) & ~qint64 { 3 });
    options(body + 20 + padded, size - 20 - padded, [this](quint16 code, QByteArrayView value) {
        if (code == commentOption) {
            m_packet.comments.push_back(value);
        } else if (code == packetFlagsOption && value.size() == 4) {
            m_packet.flags = number32(value.data());
        }
    });
    return true;
}

bool PcapngSource::readSimplePacket(const char* body, qint64 size)
{
    if (size < 4 || m_interfaces.empty()) {
        ++(size < 4 ? m_skipped.broken : m_skipped.undeclared);
        return false;
    }
    const qint64 original = number32(body);
    const quint32 snap = m_interfaces[0].snapLength;
    const qint64 captured = std::min({ original, size - 4, snap != 0 ? static_cast<qint64>(snap) : original });
    m_packet.linkType = m_interfaces[0].linkType;
    m_packet.bytes = QByteArrayView(body + 4, static_cast<qsizetype>(captured)); // it has no time: the last one stays
    m_packet.position += 4;
    m_packet.originalSize = std::max(original, captured);
    m_packet.flags = 0;
    m_packet.comments.clear();
    return true;
}

qint64 PcapngSource::timeOf(const Interface& from, quint64 ticks)
{
    // Unsigned all the way: a hostile time becomes a strange one, not undefined behaviour.
    quint64 time = 0;
    const int exponent = from.resolution & 0x7F;
    if ((from.resolution & 0x80) != 0) {
        if (exponent < 64) {
            const quint64 seconds = ticks >> exponent;
            const quint64 fraction = exponent == 0 ? 0 : ticks & ((quint64 { 1 } << exponent) - 1);
            // Nanoseconds of the fraction, in two steps that both fit.
            const quint64 scaled = exponent > 32 ? fraction >> (exponent - 32) : fraction;
            time = seconds * 1'000'000'000 + ((scaled * 1'000'000'000) >> std::min(exponent, 32));
        }
    } else if (exponent <= 9) {
        time = ticks * powerOfTen(9 - exponent);
    } else if (exponent <= 28) {
        time = ticks / powerOfTen(exponent - 9);
    }
    return static_cast<qint64>(time + static_cast<quint64>(from.offset) * 1'000'000'000);
}

} // namespace sockeye
