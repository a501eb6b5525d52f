// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/event_log.h"

namespace sockeye {

namespace {

// The first byte of an event.
constexpr quint8 kindMask = 0x07;
constexpr quint8 outFlag = 0x08;
constexpr quint8 sameConnectionFlag = 0x10; // as the event before: else the difference to its number follows
constexpr quint8 inStreamFlag = 0x20; // else the difference to the time before follows
constexpr int closeKindShift = 6;

// Numbers come in groups of seven bits, the lowest first; the last one has no flag. Small ones of either sign are
// short.
constexpr quint8 moreFlag = 0x80;
constexpr int groupBits = 7;

quint64 zigzag(qint64 number)
{
    return (static_cast<quint64>(number) << 1) ^ static_cast<quint64>(number >> 63);
}

qint64 unzigzag(quint64 number)
{
    return static_cast<qint64>(number >> 1) ^ -static_cast<qint64>(number & 1);
}

} // namespace

void EventLog::append(const CaptureEvent& event, bool inStream)
{
    const bool isSame = event.connection == m_connection;
    quint8 head = static_cast<quint8>(event.kind);
    head |= event.direction == Direction::Out ? outFlag : 0;
    head |= isSame ? sameConnectionFlag : 0;
    head |= inStream ? inStreamFlag : 0;
    head |= static_cast<quint8>(static_cast<quint8>(event.closeKind) << closeKindShift);
    m_bytes.append(head);
    if (!isSame) {
        put(static_cast<qint64>(event.connection) - static_cast<qint64>(m_connection));
        m_connection = event.connection;
    }
    if (!inStream) {
        // Times of a file are any numbers: the difference wraps, and so does the sum.
        put(static_cast<qint64>(static_cast<quint64>(event.time) - static_cast<quint64>(m_time)));
        m_time = event.time;
    }
    if (event.kind == EventKind::Error || event.kind == EventKind::Note) {
        const std::lock_guard lock(m_mutex);
        m_texts.push_back({ event.code, event.text, event.offset, event.missing });
    }
}

void EventLog::put(qint64 number)
{
    quint64 rest = zigzag(number);
    while (rest >= moreFlag) {
        m_bytes.append(static_cast<quint8>(rest) | moreFlag);
        rest >>= groupBits;
    }
    m_bytes.append(static_cast<quint8>(rest));
}

quint8 EventLog::Cursor::byte()
{
    if (m_run.empty()) {
        m_run = m_log.m_bytes.run(m_position);
    }
    const quint8 value = m_run.front();
    m_run = m_run.subspan(1);
    ++m_position;
    return value;
}

qint64 EventLog::Cursor::number()
{
    quint64 result = 0;
    for (int shift = 0;; shift += groupBits) {
        const quint8 group = byte();
        result |= static_cast<quint64>(group & (moreFlag - 1)) << shift;
        if ((group & moreFlag) == 0) {
            return unzigzag(result);
        }
    }
}

bool EventLog::Cursor::next(CaptureEvent& event)
{
    const quint8 head = byte();
    event.kind = static_cast<EventKind>(head & kindMask);
    event.direction = (head & outFlag) != 0 ? Direction::Out : Direction::In;
    event.closeKind = static_cast<CloseKind>(head >> closeKindShift);
    if ((head & sameConnectionFlag) == 0) {
        m_connection = static_cast<quint32>(static_cast<qint64>(m_connection) + number());
    }
    event.connection = m_connection;
    const bool inStream = (head & inStreamFlag) != 0;
    if (!inStream) {
        m_time = static_cast<qint64>(static_cast<quint64>(m_time) + static_cast<quint64>(number()));
        event.time = m_time;
    }
    if (event.kind == EventKind::Error || event.kind == EventKind::Note) {
        const std::lock_guard lock(m_log.m_mutex);
        const Text& text = m_log.m_texts[m_texts++];
        event.code = text.code;
        event.text = text.text;
        event.offset = text.offset;
        event.missing = text.missing;
    } else if (!event.text.isNull() || !event.code.isNull() || event.missing != 0) {
        event.code.clear();
        event.text.clear();
        event.offset = -1;
        event.missing = 0;
    }
    return inStream;
}

} // namespace sockeye
