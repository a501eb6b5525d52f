// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/recording/recording.h"
#include "app/storage/file_window.h"

#include <QByteArrayView>

#include <array>
#include <unordered_map>
#include <vector>

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
    /// Where the next bytes of a stream lie, asked for at once: the index has a lock.
    struct Ahead {
        qint64 offset = 0; ///< of the first piece that was not left behind, in the stream
        qint64 end = 0; ///< behind the last one
        std::size_t next = 0; ///< number of the first one
        std::vector<PayloadPiece> pieces;
    };
    struct Known {
        const RecordedConnection* connection = nullptr;
        std::array<Ahead, 2> ahead; ///< by Direction
    };
    [[nodiscard]] Known* find(quint32 connection);
    [[nodiscard]] qint64 positionOf(Known& known, Direction direction, qint64 offset, qint64 size);

    const Recording& m_recording;
    const CaptureLog& m_log;
    FileWindow m_window;
    qint64 m_end = 0; ///< of what was read last, in the file
    std::unordered_map<quint32, Known> m_known;
    QByteArray m_joined; ///< what did not lie in one piece
};

} // namespace sockeye
