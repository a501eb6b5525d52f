// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/recording.h"

#include <QList>

#include <memory>
#include <optional>

namespace sockeye {

class ReadingIndex;
class Rereading;

/// A recording as one protocol reads it: its messages, errors and notes as rows, and its connections with what they
/// wait for. What windows show. Several readings of one recording may be open; each goes on as the recording does.
class Capture final : public Recording {
public:
    /// A new recording, with its first reading. Never fails: if the file cannot be written, failure() says so and bytes
    /// are kept in memory.
    [[nodiscard]] static std::shared_ptr<Capture> create(const CaptureOptions& options);

    /// Reads a file in the background; rows appear while it is read (see progress()). An unreadable file shows in
    /// failure().
    [[nodiscard]] static std::shared_ptr<Capture> open(const QString& file, const CaptureOptions& options = {});

    ~Capture() override;

    /// Another reading of the same recording, made in the background from what happened so far, and going on with it.
    /// It is whole when its progress() is 1.
    [[nodiscard]] std::shared_ptr<Capture> readAnew(const ProtocolPtr& protocol, const Limits& limits) const;

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

    [[nodiscard]] const ProtocolPtr& protocol() const;
    /// How that connection's messages in one direction are told apart: a datagram is a message, whatever the protocol
    /// of streams.
    [[nodiscard]] ProtocolPtr protocolOf(quint32 connection, Direction direction) const;
    [[nodiscard]] const Limits& limits() const; ///< within which messages are read

    /// 0 to 1 while a file is being read, or what was recorded is read anew; 1 afterwards.
    [[nodiscard]] double progress() const;
    /// Of a file: keeps what was read. Of a recording that is read anew: gives it up, this reading is never whole.
    void cancelReading();
    [[nodiscard]] bool isReadAnew() const; ///< and not whole yet

    void waitUntilIdle() override;

private:
    Capture(std::shared_ptr<CaptureLog> log, std::shared_ptr<FileImport> import, std::shared_ptr<ReadingIndex> reading);

    std::shared_ptr<ReadingIndex> m_reading; ///< null if nothing is kept
    std::unique_ptr<Rereading> m_rereading; ///< null of the first reading
    const ProtocolPtr m_protocol;
    const Limits m_limits;
};

} // namespace sockeye
