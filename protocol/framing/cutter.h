// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

#include <QString>

namespace sockeye {

/// What the framings have in common that look at every byte for what ends a message: where they stand in the stream,
/// and what went wrong.
class Cutter : public Framing {
public:
    void feed(QByteArrayView piece, Frames& out) final;
    [[nodiscard]] const std::optional<Error>& error() const final { return m_error; }

protected:
    /// Looks at the front of `piece`, which is not empty, and advances over at least one byte, or fails.
    virtual void take(QByteArrayView piece, Frames& out) = 0;

    void advance(qint64 bytes) { m_end += bytes; }
    /// What was advanced over since the message before is a message.
    void endMessage(Frames& out, qint64 contentOffset = 0, std::shared_ptr<const FrameDetail> detail = nullptr);
    /// `part` is coming; "between messages" where nothing has come of the next one.
    [[nodiscard]] Progress within(quint16 part, qint64 have, qint64 need = 0, bool last = false) const;

    void fail(ErrorCode code, qint64 offset, const QString& subject, const QString& expected, const QString& found);
    /// The stream ended `have` bytes into `part`: "a chunk", "a 12-byte body".
    void truncated(const QString& subject, const QString& part, qint64 have);
    /// Bytes over `most` belong to the message: fails, at the first one too many.
    void failTooLong(const QString& subject, qint64 most);

    [[nodiscard]] qint64 begin() const { return m_begin; } ///< of the message, in the stream
    [[nodiscard]] qint64 end() const { return m_end; } ///< stream offset of the byte that comes next
    [[nodiscard]] qint64 size() const { return m_end - m_begin; } ///< bytes of the message that have come
    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }

private:
    qint64 m_begin = 0;
    qint64 m_end = 0;
    std::optional<Error> m_error;
};

} // namespace sockeye
