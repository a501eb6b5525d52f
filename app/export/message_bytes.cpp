// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/message_bytes.h"

#include "protocol/framing/header_decoder.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

namespace sockeye {

MessageBytes::MessageBytes(const Capture& capture, const MessageRecord& record, ExportControl& control)
    : m_capture(capture)
    , m_record(record)
    , m_control(control)
{
}

QByteArray MessageBytes::next(qint64 most)
{
    return take(std::min(most, m_record.size - m_done));
}

QByteArray MessageBytes::rest()
{
    return take(m_record.size - m_done);
}

QByteArray MessageBytes::take(qint64 size)
{
    if (size <= 0 || m_lost > 0 || m_control.isCancelled()) {
        return {};
    }
    QByteArray bytes = m_capture.read(m_record.connection, m_record.direction, m_record.offset + m_done, size);
    m_done += bytes.size();
    m_control.add(bytes.size());
    if (bytes.size() < size) {
        m_lost = m_record.size - m_done;
    }
    return bytes;
}

std::optional<Frame> frameOf(const Capture& capture, const MessageRecord& record, bool isDatagram, QByteArrayView bytes)
{
    Frame frame { record.offset, bytes.size(), 0, nullptr };
    if (capture.framing() != FramingKind::App || isDatagram) {
        return frame;
    }
    constexpr qsizetype fixedHeader = 2;
    if (bytes.size() < fixedHeader || bytes.size() < fixedHeader + qFromBigEndian<quint16>(bytes.data())) {
        return std::nullopt;
    }
    const qsizetype headerSize = qFromBigEndian<quint16>(bytes.data());
    Limits limits = capture.limits();
    limits.maxContent = std::numeric_limits<qint64>::max(); // whether it is too long was decided long ago
    Result<Header> header = decodeHeader(bytes.sliced(fixedHeader, headerSize), record.offset + fixedHeader, limits);
    if (!header) {
        return std::nullopt;
    }
    frame.contentOffset = fixedHeader + headerSize;
    frame.header = std::make_shared<const Header>(*std::move(header));
    return frame;
}

} // namespace sockeye
