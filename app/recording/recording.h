// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "app/net/failure.h"
#include "app/recording/chunk_mark.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

class WriterBatch;
class CaptureLog;
class MarkBook;
class RecordingSource;
class RuleHits;
class StrikeBook;
class StreamIndex;
class WriterLane;

/// Sees every event of a recording in order, in the capture thread. For the command line and for tests; windows ask a
/// reading instead.
class CaptureObserver {
public:
    virtual ~CaptureObserver() = default;
    /// Valid during the call only.
    virtual void event(const CaptureEvent& event) = 0;
    /// No more events are on their way at this moment: a good time to flush output.
    virtual void idle() { }
    /// Every event before `until` was told: what silence says up to then can be said. Returns when it will say the next
    /// thing, 0: never.
    virtual qint64 silence(qint64 until)
    {
        Q_UNUSED(until)
        return 0;
    }
};

/// What happens when more comes than a recording can write and index in time.
enum class OverloadPolicy : quint8 {
    Wait, ///< connections do: nothing is lost
    LeaveOut, ///< connections go on; bytes of theirs are left out of the recording, which says how many and where
};

/// What a recording of an endpoint did not keep.
struct LeftOut {
    qint64 chunks = 0; ///< reads and writes of sockets (OverloadPolicy::LeaveOut)
    qint64 bytes = 0; ///< of those
    qint64 connections = 0; ///< those beyond RecordingOptions::maxConnections, of which nothing is kept
};

struct RecordingOptions {
    QString title; ///< names the endpoint in the file: "Server 127.0.0.1:65432"
    QString file; ///< record here (pcapng); empty: a file of our own in the user's cache, mode 0600, removed with the
                  ///< recording
    /// So many connections are recorded, counting those that are over; 0: as many as a quarter of the machine's memory
    /// has room for. Further ones go on, but nothing of them is kept: a note says so, and how many they were.
    std::size_t maxConnections = 0;
    bool record = true; ///< false: keep neither bytes nor index, only call the observer
    std::shared_ptr<CaptureObserver> observer;
};

/// What happened at one endpoint, or what a file tells of it: connections, their streams chunk by chunk, errors and
/// notes, in order. Append only, and of no protocol: how one sees it is a reading (Capture).
///
/// What is written through a CaptureWriter, put into the order of time, goes to a spool on disk (pcapng, with made-up
/// IP and TCP headers) in the capture thread. What is asked for comes from there. Every member may be called from any
/// thread; none waits for more than a short lock, but for read() and waitUntilIdle().
///
/// Objects are handles: several may stand for one recording, which goes with the last of them.
class Recording {
public:
    virtual ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;

    /// The same recording, apart from any reading of it: for whoever only writes.
    [[nodiscard]] std::shared_ptr<Recording> alone() const;

    /// Bytes of a stream, from the spool; fewer than `size` if the stream ends before. Reads the disk: not for the GUI
    /// thread.
    [[nodiscard]] QByteArray read(quint32 connection, Direction direction, qint64 offset, qint64 size) const;
    /// The reads or writes of the socket that touch the range, in order.
    [[nodiscard]] std::vector<ChunkMark> chunks(
        quint32 connection, Direction direction, qint64 offset, qint64 size) const;

    /// The numbers of all connections that there are, ascending, and who one of them is between.
    [[nodiscard]] std::vector<quint32> connectionIds() const;
    [[nodiscard]] ConnectionFacts factsOf(quint32 connection) const;

    /// Looks at how a stream came, call by call, under the lock that its writer needs: `see` is quick. Not called for
    /// what is not known.
    void look(quint32 connection, Direction direction, const std::function<void(const StreamIndex&)>& see) const;

    [[nodiscard]] QString title() const; ///< of the endpoint; may be empty
    [[nodiscard]] qint64 startTime() const; ///< of the first event, 0 before it
    [[nodiscard]] qint64 byteCount() const; ///< payload bytes both ways
    [[nodiscard]] bool isFollowing() const; ///< an opened file is read on as it grows
    [[nodiscard]] bool mayGrow() const { return !m_source || isFollowing(); } ///< of an endpoint, or followed
    void stopFollowing(); ///< for good
    void setOverloadPolicy(OverloadPolicy choice); ///< from now on; Wait at first
    [[nodiscard]] LeftOut leftOut() const; ///< so far; nothing of an opened file
    [[nodiscard]] Failure failure() const; ///< why the spool or the file fails, if it does

    /// What people said of messages: of all readings together. As long as the recording.
    [[nodiscard]] MarkBook& marks() const;

    /// Which messages met which rules. As long as the recording.
    [[nodiscard]] const RuleHits& ruleHits() const;
    [[nodiscard]] const StrikeBook& strikes() const; ///< of faults

    /// Copies everything recorded so far, with its marks, to `file` (pcapng), in the background; `done` is called in
    /// the capture thread.
    void save(const QString& file, std::function<void(const Failure&)> done);

    /// Returns when everything handed over before the call is written and has been seen by readings and the observer;
    /// of a file, everything that it held when it was opened.
    virtual void waitUntilIdle();

    /// For the command line: reads no more of a file, and returns when nobody is told of anything any more. Nothing to
    /// do of a live one.
    void waitUntilEnded();

protected:
    Recording(std::shared_ptr<CaptureLog> log, std::shared_ptr<RecordingSource> source);
    [[nodiscard]] const std::shared_ptr<CaptureLog>& log() const { return m_log; }
    [[nodiscard]] const std::shared_ptr<RecordingSource>& source() const { return m_source; }

private:
    friend class CaptureWriter;
    friend class Retelling;
    friend class StreamReader;
    [[nodiscard]] std::shared_ptr<WriterLane> join();
    void leave(const std::shared_ptr<WriterLane>& lane);
    void handOver(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<WriterBatch> batch);
    [[nodiscard]] bool leavesOut() const; ///< at this moment
    void leaveOut(qint64 bytes); ///< of one chunk: counts it
    [[nodiscard]] bool wantsEvents() const; ///< false if it neither records nor has an observer

    std::shared_ptr<CaptureLog> m_log;
    std::shared_ptr<RecordingSource> m_source; ///< of a file
};

} // namespace sockeye
