// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/events/event.h"
#include "protocol/error.h"

#include <QByteArrayView>

#include <array>
#include <memory>
#include <unordered_map>

namespace sockeye {

class WriterBatch;
class Recording;
struct TlsFacts;
class WriterLane;

/// The end of a recording that an I/O thread writes to. Lives in that one thread and takes no lock: events are gathered
/// in a batch that it owns, and the batch is handed over whole, when it is full or when flush() is called (the owner
/// calls it from a timer of about 10 ms, and at the end).
///
/// The recording holds a bounded number of batches in flight; at the bound, handing over waits, so that nothing is
/// lost. Or, if the recording is told so (OverloadPolicy::LeaveOut), chunks are left out until there is room, and a gap
/// in the stream says how many bytes; whatever else happens is still recorded.
class CaptureWriter {
public:
    explicit CaptureWriter(const std::shared_ptr<Recording>& recording);
    ~CaptureWriter(); ///< flushes
    CaptureWriter(const CaptureWriter&) = delete;
    CaptureWriter& operator=(const CaptureWriter&) = delete;

    /// Whether anybody keeps or sees what is written.
    [[nodiscard]] bool isWanted() const { return m_wanted; }

    void opened(quint32 connection, const ConnectionFacts& facts);
    void chunk(quint32 connection, Direction direction, QByteArrayView bytes);
    void finished(quint32 connection, Direction direction);
    void closed(quint32 connection, CloseKind kind);
    /// `code` is a stable name for scripts, `text` a sentence for people, `offset` in the stream or -1.
    void error(quint32 connection, QLatin1StringView code, const QString& text, qint64 offset = -1,
        Direction direction = Direction::In, Leg leg = Leg::None);
    void note(quint32 connection, const QString& text, Leg leg = Leg::None);
    /// A note that scripts are told as `script`, a CaptureEvent::script.
    void told(quint32 connection, const QString& text, const QByteArray& script);
    void passed(quint32 connection, Direction direction, qint64 upTo); ///< see passedCode
    void met(quint32 connection, Direction direction, qint64 offset, const QString& rule); ///< see ruleCode
    /// See strikeCode.
    void struck(quint32 connection, Direction direction, qint64 offset, qint64 size, const QString& fault);
    void tls(quint32 connection, const TlsFacts& facts);

    /// Hands over what was gathered, if anything.
    void flush();
    /// There are gaps that could not be told yet: flush() is to be called again.
    [[nodiscard]] bool hasUntoldGaps() const { return !m_leftOut.empty(); }

private:
    /// To be called before the event looks at the clock.
    WriterBatch* batchFor(qsizetype payload);
    using Bytes = std::array<qint64, 2>; ///< by direction
    void leaveOut(quint32 connection, Direction direction, qint64 bytes);
    void tellGap(quint32 connection);
    void tellGap(quint32 connection, const Bytes& bytes);
    void tellGaps();

    std::shared_ptr<Recording> m_recording;
    std::shared_ptr<WriterLane> m_lane;
    std::unique_ptr<WriterBatch> m_batch;
    std::unordered_map<quint32, Bytes> m_leftOut; ///< of connections, not told yet
    const bool m_wanted; ///< false: nobody looks, so nothing is gathered
};

} // namespace sockeye
