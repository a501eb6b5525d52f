// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/message_bytes.h"

#include <algorithm>

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

} // namespace sockeye
