// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/event_log.h"
#include "app/recording/event_sink.h"
#include "app/recording/stream_table.h"
#include "app/storage/file_window.h"

#include <array>
#include <atomic>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// Tells the events of a recording again, from the first one on, as they were told when they happened. One thread at a
/// time; the recording may go on meanwhile.
class Replay {
public:
    /// All of them outlive this.
    Replay(const EventLog& events, const StreamTable& streams, const ByteStore& store, EventSink& sink);

    /// Tells what lies before `end`, a position in the log that its readers see; the bytes of it must be readable.
    /// Returns early if `cancelled` becomes true.
    void goOn(qint64 end, const std::atomic<bool>& cancelled);
    [[nodiscard]] qint64 position() const { return m_position.load(std::memory_order_relaxed); } ///< any thread
    [[nodiscard]] qint64 byteCount() const { return m_byteCount; } ///< payload told so far

private:
    /// How far a connection was told.
    struct Told {
        const RecordedConnection* connection = nullptr;
        std::array<qsizetype, 2> entries {}; ///< of StreamIndex, by Direction
        std::array<qint64, 2> offsets {};
    };
    void tell(bool inStream);
    void takeFromStream(Told& told, RecordedEvent& recorded);
    [[nodiscard]] QByteArrayView fetch(qint64 size);

    const StreamTable& m_streams;
    EventSink& m_sink;
    EventLog::Cursor m_cursor;
    FileWindow m_window;
    std::unordered_map<quint32, Told> m_told;
    Told* m_last = nullptr;
    CaptureEvent m_event; ///< used again and again
    std::vector<PayloadPiece> m_pieces; ///< scratch
    QByteArray m_gathered; ///< scratch: a chunk of several pieces
    qint64 m_byteCount = 0;
    std::atomic<qint64> m_position { 0 };
};

} // namespace sockeye
