// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording.h"
#include "app/storage/file_window.h"

#include <QByteArrayView>

#include <unordered_map>

namespace sockeye {

struct RecordedConnection;

/// Reads many messages of a recording one after the other, mostly in the order in which they happened: through a buffer
/// that moves forward with them, without a copy of each. The same bytes as Recording::read(). One thread at a time; the
/// recording outlives it.
class StreamReader {
public:
    explicit StreamReader(const Recording& recording);
    ~StreamReader();
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;

    /// Fewer bytes than asked for where the stream ends before, or bytes are lost. Valid until the next call.
    [[nodiscard]] QByteArrayView read(quint32 connection, Direction direction, qint64 offset, qint64 size);

private:
    [[nodiscard]] const RecordedConnection* find(quint32 connection);

    const Recording& m_recording;
    const CaptureLog& m_log;
    FileWindow m_window;
    qint64 m_end = 0; ///< of what was read last, in the file
    std::unordered_map<quint32, const RecordedConnection*> m_known;
    std::vector<PayloadPiece> m_pieces; ///< scratch
    QByteArray m_joined; ///< what did not lie in one piece
};

} // namespace sockeye
