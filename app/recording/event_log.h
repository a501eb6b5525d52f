// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/storage/row_log.h"

#include <deque>
#include <mutex>
#include <span>

namespace sockeye {

/// The order in which the events of a recording happened, kept in one to a few bytes each: with the streams, which have
/// the times and the bytes of chunks, enough to tell all of it again. One writer; readers from any thread.
class EventLog {
public:
    /// Writer. `inStream`: its time and size stand in its stream (a chunk with bytes, a gap), so they need not be kept.
    void append(const CaptureEvent& event, bool inStream);
    /// Writer: shows what was appended to everybody.
    void publish() { m_bytes.publish(); }

    /// Where the next event will lie; what lies before can be read.
    [[nodiscard]] qint64 end() const { return m_bytes.count(); }

    /// Goes through the events from the first one on.
    class Cursor {
    public:
        explicit Cursor(const EventLog& log)
            : m_log(log)
        {
        }
        [[nodiscard]] qint64 position() const { return m_position; }
        /// The next event, but for its bytes and facts; position() is before the log's end. True: its time and, of a
        /// chunk, its size are to be taken from its stream.
        bool next(CaptureEvent& event);

    private:
        [[nodiscard]] quint8 byte();
        [[nodiscard]] qint64 number();

        const EventLog& m_log;
        qint64 m_position = 0;
        std::span<const quint8> m_run; ///< bytes of the log from m_position on
        quint32 m_connection = 0;
        qint64 m_time = 0;
        std::size_t m_texts = 0;
    };

private:
    struct Text {
        QString code;
        QString text;
        qint64 offset = -1;
        qint64 missing = 0;
    };
    void put(qint64 number);

    RowLog<quint8> m_bytes;
    quint32 m_connection = 0; ///< of the event before
    qint64 m_time = 0; ///< of the last event whose time is kept here
    mutable std::mutex m_mutex;
    std::deque<Text> m_texts; ///< under m_mutex: of errors and notes, in order
};

} // namespace sockeye
