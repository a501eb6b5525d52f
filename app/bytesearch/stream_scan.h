// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_finder.h"
#include "app/marks/mark.h"
#include "app/recording/event_sink.h"

#include <atomic>
#include <functional>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// Looks for a needle in all streams of a recording at once, whose bytes come in the order in which they happened. Of
/// each stream is kept what a match could begin in; where there are very many of them, matches of an expression end
/// earlier (ByteMatcher::setReach()), so that all of it stays within a bound.
class StreamScan final : public EventSink {
public:
    static constexpr qsizetype mostHeld = 128 * 1024 * 1024; ///< bytes that finders hold, about
    static constexpr qsizetype leastReach = 256;

    using Found = std::function<bool(const StreamPlace& place)>; ///< false: no more are wanted
    StreamScan(ByteNeedle needle, Found found);

    void add(const RecordedEvent& recorded) override;
    void publish() override { }
    /// Tells what is in the bytes that came so far; `isLast`: nothing more comes.
    void lookSoFar(bool isLast);

    [[nodiscard]] qint64 bytes() const { return m_bytes.load(std::memory_order_relaxed); } ///< looked at; any thread

private:
    struct Stream {
        ByteFinder finder;
        bool isChanged = false; ///< since lookSoFar()
    };
    [[nodiscard]] Stream& streamAt(const StreamPlace& place);
    void look(ByteFinder& finder, const StreamPlace& at, QByteArrayView bytes, bool isLast);
    void end(quint32 connection, Direction direction);
    void bound();

    ByteMatcher m_matcher;
    const Found m_found;
    std::unordered_map<quint64, Stream> m_streams; ///< in which bytes came
    std::vector<quint64> m_changed; ///< streams that lookSoFar() has to look at; some are gone
    std::atomic<qint64> m_bytes { 0 };
    quint64 m_lastKey = 0; ///< of the stream that bytes came in last
    Stream* m_last = nullptr;
};

} // namespace sockeye
