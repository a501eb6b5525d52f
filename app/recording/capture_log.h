// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/formats/pcapng/commented_copy.h"
#include "app/formats/pcapng/packet_recorder.h"
#include "app/marks/mark_book.h"
#include "app/recording/batch_merger.h"
#include "app/recording/event_log.h"
#include "app/recording/event_sink.h"
#include "app/recording/recording.h"
#include "app/recording/rule_hits.h"
#include "app/recording/stream_table.h"
#include "app/recording/strike_book.h"
#include "app/storage/spool.h"
#include "app/threads/turn_mutex.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>

namespace sockeye {

class WriterBatch;

/// What stands behind a Recording: the spool or the opened file, what happened and in which order, and whoever is told
/// of it as it happens (readings, the observer). It lives as long as anybody has events for it, which may be longer
/// than the Recording. One thread (the capture thread, or that of a file's reader) adds to it.
class CaptureLog {
public:
    /// Of an endpoint.
    explicit CaptureLog(const RecordingOptions& options);
    /// Writes a copy of what is recorded, with these changes, to a file of that name.
    using Save = std::function<Failure(const QString& file, const pcapng::CommentChanges& changes)>;
    /// Of what is read from `file`. Without `save` what the file holds is copied as it is.
    CaptureLog(const RecordingOptions& options, std::unique_ptr<ByteStore> file, Save save = {});
    ~CaptureLog();

    // The thread that adds.
    /// Takes the events of a batch from `position` on whose time is not after `until`; returns where the next one is.
    qsizetype process(const WriterBatch& batch, qsizetype position, qint64 until);
    /// Where the pieces of a chunk lie is known: an event from a file.
    void add(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    /// Whether so much waits that it should be written before more is taken.
    [[nodiscard]] bool isFull() const;
    /// Writes what waits, then shows the rows that refer to it.
    void commit();
    /// Says how many connections had no room, if there are more of them than were told.
    void tellUnrecorded();
    /// Nothing more is on its way right now.
    void idle();
    /// EventSink::silence() of all that are told of events: the first time that any of them names.
    qint64 silence(qint64 until);
    void setFailure(const Failure& failure);
    void setOverloadPolicy(OverloadPolicy choice) { m_overloadPolicy.store(choice, std::memory_order_relaxed); }
    /// Counts a chunk that was.
    void leaveOut(qint64 bytes);
    void setProgress(double progress) { m_progress.store(progress, std::memory_order_release); }

    /// Whoever adds several events holds it meanwhile.
    [[nodiscard]] TurnMutex& turns() { return m_turns; }

    // Any thread.
    [[nodiscard]] bool isKept() const { return m_store != nullptr; } ///< else there is nothing but the observer
    [[nodiscard]] const EventLog& events() const { return m_events; }
    [[nodiscard]] const StreamTable& streams() const { return m_streams; }
    [[nodiscard]] const ByteStore& store() const { return *m_store; }
    [[nodiscard]] MarkBook& marks() { return m_marks; }
    [[nodiscard]] const RuleHits& ruleHits() const { return m_hits; }
    [[nodiscard]] const StrikeBook& strikes() const { return m_strikes; }
    /// Has `sink` told of everything that is to come.
    void attach(std::shared_ptr<EventSink> sink)
    {
        attach(std::move(sink), [](qint64) {});
    }
    /// Has `sink` told of everything that is still to come. Called first, while nobody adds: `catchUp`, with the end of
    /// the log, which is readable to there.
    template <typename CatchUp> void attach(std::shared_ptr<EventSink> sink, CatchUp&& catchUp)
    {
        const std::lock_guard turn(m_turns);
        flush();
        catchUp(m_events.end());
        m_sinks.push_back(std::move(sink));
    }
    /// Has `sink` told of nothing more. Waits for whoever adds at the moment.
    void detach(const EventSink* sink);
    [[nodiscard]] const RecordingOptions& options() const { return m_options; }
    [[nodiscard]] std::size_t connectionLimit() const { return m_connectionLimit; } ///< that there may be
    /// As Capture's members of these names.
    [[nodiscard]] QByteArray read(quint32 connection, Direction direction, qint64 offset, qint64 size) const;
    [[nodiscard]] std::vector<ChunkMark> chunks(
        quint32 connection, Direction direction, qint64 offset, qint64 size) const;
    [[nodiscard]] Failure failure() const;
    /// Whether bytes that come now are to be left out.
    [[nodiscard]] bool leavesOut() const { return m_isBehind.load(std::memory_order_relaxed) && mayLeaveOut(); }
    [[nodiscard]] bool mayLeaveOut() const
    {
        return m_overloadPolicy.load(std::memory_order_relaxed) == OverloadPolicy::LeaveOut;
    }
    [[nodiscard]] LeftOut leftOut() const;
    [[nodiscard]] qint64 startTime() const { return m_startTime.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 byteCount() const { return m_byteCount.load(std::memory_order_relaxed); }
    [[nodiscard]] double progress() const { return m_progress.load(std::memory_order_acquire); }
    /// Copies what is on record now, with its marks, to `file`: beside it first, then in its place. Not for the GUI
    /// thread.
    [[nodiscard]] Failure save(const QString& file) const;

private:
    friend class CaptureThread;
    void take(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    void takeOfRelay(const CaptureEvent& event);
    void keep(const CaptureEvent& event, std::span<const PayloadPiece> pieces);
    void flush();
    void commitNow();
    void noteDropping();
    void tell(const CaptureEvent& event);
    [[nodiscard]] static bool isOfRelay(const CaptureEvent& event)
    {
        return event.kind == EventKind::Note && (event.code == ruleCode || event.code == strikeCode);
    }
    /// Whether the event is of a connection for which there is no room.
    [[nodiscard]] bool isUnrecorded(const CaptureEvent& event)
    {
        return m_streams.size() >= m_connectionLimit && event.connection != 0 && !m_streams.find(event.connection);
    }
    void countUnrecorded(const CaptureEvent& event);
    void note(const QString& text, qint64 time);

    const RecordingOptions m_options;
    const std::size_t m_connectionLimit;
    std::unique_ptr<ByteStore> m_store;
    Spool* m_spool = nullptr; ///< m_store of an endpoint's
    Save m_save; ///< of a file; null: bytes are copied
    std::unique_ptr<pcapng::PacketRecorder> m_recorder;
    TurnMutex m_turns; ///< for m_store, m_sinks, and adding
    EventLog m_events;
    StreamTable m_streams;
    MarkBook m_marks;
    RuleHits m_hits;
    StrikeBook m_strikes;
    std::vector<std::shared_ptr<EventSink>> m_sinks;
    CaptureEvent m_event; ///< used again and again: making one allocates
    std::vector<PayloadPiece> m_pieces; ///< scratch
    bool m_toldDropping = false;
    qint64 m_toldUnrecorded = 0; ///< connections
    bool m_toldIdle = true;
    std::atomic<qint64> m_startTime { 0 };
    std::atomic<qint64> m_byteCount { 0 };
    std::atomic<double> m_progress { 1 };
    std::atomic<OverloadPolicy> m_overloadPolicy { OverloadPolicy::Wait };
    std::atomic<bool> m_isBehind { false }; ///< more is in flight than should be; changed under CaptureThread's mutex
    std::atomic<qint64> m_leftOutChunks { 0 };
    std::atomic<qint64> m_leftOutBytes { 0 };
    std::atomic<qint64> m_leftOutConnections { 0 };
    mutable std::mutex m_mutex;
    Failure m_failure; ///< under m_mutex: of the file's reader
    BatchMerger m_merger; ///< the capture thread's own
    qint64 m_inFlight = 0; ///< bytes of batches handed over and not yet processed; under CaptureThread's mutex
    qint64 m_handedOver = 0; ///< bytes of all batches there ever were; under CaptureThread's mutex
    struct Arrival {
        std::chrono::steady_clock::time_point time;
        qint64 handedOver = 0; ///< with this batch
    };
    std::deque<Arrival> m_arrivals; ///< of batches in flight, the oldest first; under CaptureThread's mutex
    qint64 m_inFlightLimit = 4 * 1024 * 1024; ///< what is written in time, as measured; under CaptureThread's mutex
    qint64 m_pacedBytes = 0; ///< since the last measurement; the capture thread's own
    std::chrono::steady_clock::duration m_pacedTime {}; ///< that they took; the capture thread's own
    std::vector<std::shared_ptr<WriterLane>> m_lanes; ///< of the writers that there are; under CaptureThread's mutex
};

} // namespace sockeye
