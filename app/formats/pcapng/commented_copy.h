// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "app/net/failure.h"

#include <QByteArrayView>

#include <span>
#include <vector>

namespace sockeye {
class ByteStore;
}

namespace sockeye::pcapng {

/// A mark that goes into a copy of a file.
struct PlacedMark {
    qint64 position = 0; ///< of its byte in the file
    bool isFirst = false; ///< that byte is the first one of its packet's payload
    MarkColour colour = MarkColour::Yellow;
    QString note;
};

/// What changes in the comments of a file when it is copied.
struct CommentChanges {
    std::vector<PlacedMark> marks; ///< by position
    /// Positions of the bytes of packets whose marks, as they stand in the file, are left out; ascending.
    std::vector<qint64> unmarked;
    [[nodiscard]] bool isEmpty() const { return marks.empty() && unmarked.empty(); }
};

/// Gives away the changes packet by packet, in the order of the file.
class CommentCursor {
public:
    explicit CommentCursor(const CommentChanges& changes)
        : m_changes(changes)
    {
    }
    /// Those of the packet whose `size` bytes lie at `position`: as comments, and whether marks that it has are to go.
    /// False if nothing changes.
    [[nodiscard]] bool take(qint64 position, qint64 size, std::vector<QByteArray>& comments, bool& unmark);
    /// Whether there is anything left to change.
    [[nodiscard]] bool isAtEnd() const;

private:
    const CommentChanges& m_changes;
    std::size_t m_mark = 0;
    std::size_t m_unmarked = 0;
};

/// An Enhanced Packet Block, or the obsolete kind, that is whole, with other comments. Options that cannot be read are
/// left out.
[[nodiscard]] QByteArray withComments(
    QByteArrayView block, bool bigEndian, std::span<const QByteArray> comments, bool unmark);

/// Copies the first `end` bytes of a pcapng file, with the changes, to `file`, which is replaced when all is there.
/// Packets without room for comments (Simple Packet Blocks) get none. Not for the GUI thread.
[[nodiscard]] Failure copyWithComments(
    const ByteStore& store, qint64 end, const CommentChanges& changes, const QString& file);

} // namespace sockeye::pcapng
