// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/records.h"
#include "app/net/failure.h"
#include "protocol/protocols/registry.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <memory>

#include <tl/expected.hpp>

namespace sockeye {

class CaptureChunk;
class CapturePrivate;
class WriterLane;

/// Sees every event of a capture in order, in the capture thread. For the command line and for tests; windows ask the
/// capture instead.
class CaptureObserver {
public:
    virtual ~CaptureObserver() = default;
    /// Valid during the call only.
    virtual void event(const CaptureEvent& event) = 0;
    /// No more events are on their way at this moment: a good time to flush output.
    virtual void idle() { }
};

/// Whether a file that is opened is read on as another program adds to it.
enum class FollowFile : quint8 {
    Never,
    IfGrowing, ///< if it grew while it was read, or was changed within the last seconds
    Always,
};

/// What happens when more comes than a live capture can write and index in time.
enum class WhenFull : quint8 {
    Wait, ///< connections do: nothing is lost
    LeaveOut, ///< connections go on; bytes of theirs are left out of the capture, which says how many and where
};

/// What a live capture did not keep (WhenFull::LeaveOut).
struct LeftOut {
    qint64 segments = 0; ///< reads and writes of sockets
    qint64 bytes = 0;
};

struct CaptureOptions {
    ProtocolPtr protocol = defaultProtocol(); ///< how the display reads streams
    Limits limits;
    QString title; ///< names the endpoint in the file: "Server 127.0.0.1:65432"
    QString file; ///< record here (pcapng); empty: a file of our own in the user's cache, mode 0600, removed with the
                  ///< capture
    bool record = true; ///< false: keep neither bytes nor index, only call the observer
    std::shared_ptr<CaptureObserver> observer;
    FollowFile follow = FollowFile::Never; ///< of an opened file
};

/// The append-only log of everything that happened at one endpoint, or that a file tells of one.
///
/// What is written through a CaptureWriter, put into the order of time, goes to a spool on disk (pcapng, with made-up
/// IP and TCP headers) and into an index of messages and connections, both in the capture thread. What is asked for
/// comes from the index and the spool. Every member may be called from any thread; none waits for more than a short
/// lock, but for read(), readers of files and waitUntilIdle().
class Capture : public std::enable_shared_from_this<Capture> {
public:
    /// A live capture. Never fails: if the file cannot be written, failure() says so and bytes are kept in memory.
    [[nodiscard]] static std::shared_ptr<Capture> create(const CaptureOptions& options);

    /// Reads a file in the background; rows appear while it is read (see progress()). An unreadable file shows in
    /// failure().
    [[nodiscard]] static std::shared_ptr<Capture> open(const QString& file, const CaptureOptions& options = {});

    ~Capture();

    // Rows, append only: indices stay valid, so a view asks for messageCount() on its timer and reads what is new.
    [[nodiscard]] qsizetype messageCount() const;
    [[nodiscard]] MessageRecord message(qsizetype row) const;
    /// The text of an Error, Note or BadMessage record.
    [[nodiscard]] QString text(quint32 index) const;
    /// What scripts learn of an Error or BadMessage record, by the same index.
    [[nodiscard]] RecordFault fault(quint32 index) const;

    /// Connections that changed since `revision` (0: all); `revision` is set to the present one.
    [[nodiscard]] QList<ConnectionRecord> connectionsSince(quint64& revision) const;
    [[nodiscard]] std::optional<ConnectionRecord> connection(quint32 id) const;

    /// Bytes of a stream, from the spool; fewer than `size` if the stream ends before. Reads the disk: not for the GUI
    /// thread but for small sizes (a page of the messages table).
    [[nodiscard]] QByteArray read(quint32 connection, Direction direction, qint64 offset, qint64 size) const;
    /// The reads or writes of the socket that touch the range, in order.
    [[nodiscard]] std::vector<SegmentMark> segments(
        quint32 connection, Direction direction, qint64 offset, qint64 size) const;

    [[nodiscard]] const ProtocolPtr& protocol() const;
    /// How that connection's messages are told apart: a datagram is a message, whatever the protocol of
    /// streams.
    [[nodiscard]] const ProtocolPtr& protocolOf(quint32 connection) const;
    [[nodiscard]] const Limits& limits() const; ///< of the display's framing
    [[nodiscard]] qint64 startTime() const; ///< of the first event, 0 before it
    [[nodiscard]] qint64 byteCount() const; ///< payload bytes both ways
    [[nodiscard]] double progress() const; ///< 0 to 1 while a file is being read, 1 afterwards and for live captures
    void cancelReading(); ///< keeps what was read
    [[nodiscard]] bool isFollowing() const; ///< an opened file is read on as it grows
    void stopFollowing(); ///< for good
    void setWhenFull(WhenFull choice); ///< from now on; Wait at first
    [[nodiscard]] LeftOut leftOut() const; ///< so far; nothing of an opened file
    [[nodiscard]] Failure failure() const; ///< why the spool or the file fails, if it does

    /// Copies everything captured so far to `file` (pcapng), in the background; `done` is called in the capture thread.
    void save(const QString& file, std::function<void(const Failure&)> done);

    /// Returns when everything handed over before the call is indexed, written and has been seen by the observer; of
    /// a file, everything that it held when it was opened.
    void waitUntilIdle();

private:
    friend class CaptureWriter;
    Capture();
    [[nodiscard]] std::shared_ptr<WriterLane> join();
    void leave(const std::shared_ptr<WriterLane>& lane);
    void handOver(const std::shared_ptr<WriterLane>& lane, std::unique_ptr<CaptureChunk> chunk);
    [[nodiscard]] bool leavesOut() const; ///< at this moment
    void leaveOut(qint64 bytes); ///< of one segment: counts it
    [[nodiscard]] bool wantsEvents() const; ///< false if it neither records nor has an observer
    std::unique_ptr<CapturePrivate> d;
};

} // namespace sockeye
