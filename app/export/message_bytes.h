// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export_control.h"
#include "app/reading/capture.h"

namespace sockeye {

/// The bytes of one row, read from the capture as they are needed: what made no message can be the whole rest of a
/// long stream.
class MessageBytes {
public:
    /// The most that next() gives at once: more than any header.
    static constexpr qint64 pieceSize = 256 * 1024;

    MessageBytes(const Capture& capture, const MessageRecord& record, ExportControl& control);

    /// The next piece, of at most so many bytes; empty at the end, when bytes are lost, or when the export is
    /// cancelled.
    [[nodiscard]] QByteArray next(qint64 most = pieceSize);
    /// What next() has not given yet, at once. For whole messages, whose size is limited.
    [[nodiscard]] QByteArray rest();
    /// Bytes that the capture could not give back.
    [[nodiscard]] qint64 lost() const { return m_lost; }

private:
    QByteArray take(qint64 size);

    const Capture& m_capture;
    const MessageRecord m_record;
    ExportControl& m_control;
    qint64 m_done = 0;
    qint64 m_lost = 0;
};

} // namespace sockeye
