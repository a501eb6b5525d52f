// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"

namespace sockeye {

struct RecordedConnection;

/// An event with what the recording knows of it.
struct RecordedEvent {
    const CaptureEvent& event;
    const RecordedConnection* connection = nullptr; ///< null if the recording has no streams of it
    qint64 offset = 0; ///< Chunks and gaps of TCP: where they begin in their stream
    qint64 lost = 0; ///< of a chunk: so many bytes, all that it had, are nowhere any more
};

/// Gets every event of a recording once, in order. One thread at a time calls it.
class EventSink {
public:
    virtual ~EventSink() = default;
    virtual void add(const RecordedEvent& recorded) = 0;
    /// What was added so far may be shown: its bytes can be read by everybody.
    virtual void publish() = 0;
    /// Every event before `until` (nanoseconds since the epoch) was added: what silence says up to then can be told.
    /// Returns when it will say the next thing, 0: never. Only of what is recorded while it happens.
    virtual qint64 silence(qint64 until)
    {
        Q_UNUSED(until)
        return 0;
    }
};

} // namespace sockeye
