// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/storage/byte_store.h"

#include <span>
#include <vector>

namespace sockeye {

class CaptureLog;

/// Events of a file on their way from the thread that puts packets in order to the one that indexes them. Used again
/// and again: once it has its room, filling it allocates nothing but for what is rare.
class ImportBatch {
public:
    /// `pieces` says where the bytes of a chunk lie; both are copied.
    void add(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    /// How much of the file was read with the last of these events: 0 to 1.
    void setProgress(double progress) { m_progress = progress; }

    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }
    [[nodiscard]] qint64 size() const; ///< bytes in memory, about

    /// Hands everything to the log and shows it.
    void deliver(CaptureLog& log);
    /// Keeps the room, unless it is unusually much.
    void clear();

private:
    struct Entry {
        qint64 time = 0;
        qint64 size = 0; ///< of a chunk
        quint32 connection = 0;
        quint32 count = 0; ///< of a chunk: its pieces; of a rare event: 1 + its place
        EventKind kind = EventKind::Note;
        Direction direction = Direction::In;
        CloseKind closeKind = CloseKind::Orderly;
    };
    std::vector<Entry> m_entries;
    std::vector<PayloadPiece> m_pieces; ///< of all chunks, end to end
    std::vector<char> m_bytes; ///< likewise
    std::vector<CaptureEvent> m_rare; ///< those with facts or texts
    double m_progress = 0;
};

} // namespace sockeye
