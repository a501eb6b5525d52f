// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/pcapng/block_writer.h"

#include "app/formats/pcapng/format.h"

#include <QSysInfo>

#include <algorithm>

namespace sockeye::pcapng {

namespace {

constexpr qsizetype maxComment = 60'000;

qsizetype padded(qsizetype size)
{
    return (size + 3) & ~qsizetype { 3 };
}

template <typename T> void append(QByteArray& to, T value)
{
    const T little = qToLittleEndian(value);
    to.append(reinterpret_cast<const char*>(&little), sizeof little);
}

void appendOption(QByteArray& to, quint16 code, QByteArrayView value)
{
    if (value.isEmpty()) {
        return;
    }
    value = value.first(std::min(value.size(), maxComment));
    append(to, code);
    append(to, static_cast<quint16>(value.size()));
    to.append(value);
    to.append(padded(value.size()) - value.size(), '\0');
}

QByteArray block(quint32 type, const QByteArray& body)
{
    const auto size = static_cast<quint32>(body.size() + 12);
    QByteArray result;
    append(result, type);
    append(result, size);
    result += body;
    append(result, size);
    return result;
}

/// At most maxComment bytes, and no cut character at the end.
qsizetype commentSize(const QByteArray& comment)
{
    qsizetype size = std::min(comment.size(), maxComment);
    while (size > 0 && size < comment.size() && (static_cast<quint8>(comment[size]) & 0xC0) == 0x80) {
        --size;
    }
    return size;
}

} // namespace

QByteArray sectionHead(const QByteArray& application, const QByteArray& comment)
{
    QByteArray body;
    append(body, byteOrderMagic);
    append(body, quint16 { 1 });
    append(body, quint16 { 0 });
    append(body, qint64 { -1 }); // a section that may grow has no length
    appendOption(body, commentOption, comment);
    appendOption(body, hardwareOption, QSysInfo::currentCpuArchitecture().toUtf8());
    appendOption(body, systemOption, QSysInfo::prettyProductName().toUtf8());
    appendOption(body, applicationOption, application);
    append(body, quint32 { endOfOptions });
    return block(sectionHeaderBlock, body);
}

QByteArray interfaceHead(quint32 linkType, const QByteArray& name, const QByteArray& description)
{
    QByteArray body;
    append(body, static_cast<quint16>(linkType));
    append(body, quint16 { 0 });
    append(body, quint32 { 0 }); // packets are whole
    appendOption(body, interfaceNameOption, name);
    appendOption(body, interfaceDescriptionOption, description);
    appendOption(body, timeResolutionOption, QByteArrayView("\x09", 1)); // nanoseconds
    append(body, quint32 { endOfOptions });
    return block(interfaceBlock, body);
}

QByteArray fileHead(const QString& title, const QByteArray& comment)
{
    const QByteArray name = title.isEmpty() ? QByteArray("Sockeye") : title.toUtf8();
    return sectionHead(QByteArray(ownApplication) + " capture 1", comment)
        + interfaceHead(linkRaw, name, name + " (synthetic headers)");
}

qsizetype PacketBlock::size() const
{
    qsizetype options = flags != 0 ? 8 : 0;
    if (!comment.isEmpty()) {
        options += 4 + padded(commentSize(comment));
    }
    return before + padded(packetSize) + (options > 0 ? options + 4 : 0) + 4;
}

char* PacketBlock::write(char* to) const
{
    const auto total = static_cast<quint32>(size());
    char* const packet = to + before;
    to = put(to, enhancedPacketBlock);
    to = put(to, total);
    to = put(to, interface);
    to = put(to, static_cast<quint32>(static_cast<quint64>(time) >> 32));
    to = put(to, static_cast<quint32>(static_cast<quint64>(time) & 0xFFFFFFFF));
    to = put(to, static_cast<quint32>(packetSize));
    put(to, static_cast<quint32>(originalSize != 0 ? originalSize : packetSize));
    to = packet + packetSize;
    while ((to - packet) % 4 != 0) {
        *to++ = 0;
    }
    if (!comment.isEmpty()) {
        const qsizetype length = commentSize(comment);
        to = put(to, commentOption);
        to = put(to, static_cast<quint16>(length));
        std::memcpy(to, comment.constData(), static_cast<std::size_t>(length));
        std::memset(to + length, 0, static_cast<std::size_t>(padded(length) - length));
        to += padded(length);
    }
    if (flags != 0) {
        to = put(to, packetFlagsOption);
        to = put(to, quint16 { 4 });
        to = put(to, flags);
    }
    if (flags != 0 || !comment.isEmpty()) {
        to = put(to, quint32 { endOfOptions });
    }
    put(to, total);
    return packet;
}

} // namespace sockeye::pcapng
