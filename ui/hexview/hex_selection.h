// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// A step of the cursor, as a key makes it.
enum class CursorMove : quint8 { Left, Right, Up, Down, LineStart, LineEnd, PageUp, PageDown, Start, End };

/// The cursor of the hex view, which stands on a byte, and the bytes selected from its anchor to it, both included.
/// Offsets are always inside the message. Each change returns whether anything changed.
class HexSelection {
public:
    void setSize(qint64 bytes); ///< of the message; keeps what still fits

    [[nodiscard]] bool isEmpty() const { return !m_active; }
    [[nodiscard]] qint64 offset() const; ///< of the first selected byte; of the cursor when nothing is selected
    [[nodiscard]] qint64 size() const; ///< bytes, 0 when nothing is selected
    [[nodiscard]] qint64 cursor() const { return m_cursor; } ///< 0 in an empty message
    [[nodiscard]] bool contains(qint64 at) const { return at >= offset() && at < offset() + size(); }

    bool clear();
    bool selectAll();
    /// The range, cut to the message; of size 0: only puts the cursor there.
    bool select(qint64 first, qint64 count);
    /// Puts the cursor on the byte; `extend`: the anchor stays.
    bool moveTo(qint64 to, bool extend);
    bool move(CursorMove step, bool extend, int bytesPerLine, int linesPerPage);

private:
    qint64 m_size = 0;
    qint64 m_anchor = 0;
    qint64 m_cursor = 0;
    bool m_active = false;
};

} // namespace sockeye
