// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPoint>
#include <QRect>
#include <QtGlobal>

namespace sockeye {

/// Where things lie in the hex view: columns, lines, and which byte is at a point. Plain arithmetic, no window.
/// Coordinates are pixels of the viewport, lines and offsets count from the start of the message, in 64 bit.
class HexGeometry {
public:
    enum class Column : quint8 { None, Gutter, Offset, Hex, Text };

    struct Hit {
        Column column = Column::None;
        qint64 offset = -1; ///< the byte there; -1 for none
    };

    HexGeometry() = default;
    /// Chooses 8, 16 or 32 bytes a line: the most that fit `width`, but at least 8.
    HexGeometry(qint64 size, int width, int charWidth, int lineHeight);

    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] int bytesPerLine() const { return m_bytesPerLine; }
    [[nodiscard]] int offsetDigits() const { return m_offsetDigits; } ///< 4, 8 or 12 hex digits, by the size
    [[nodiscard]] int charWidth() const { return m_charWidth; }
    [[nodiscard]] int lineHeight() const { return m_lineHeight; }

    [[nodiscard]] qint64 lineCount() const; ///< at least 1
    [[nodiscard]] qint64 lineOf(qint64 offset) const { return offset / m_bytesPerLine; }
    [[nodiscard]] qint64 lineStart(qint64 line) const { return line * m_bytesPerLine; }
    [[nodiscard]] int columnOf(qint64 offset) const { return static_cast<int>(offset % m_bytesPerLine); }

    [[nodiscard]] int gutterLeft() const { return 0; }
    [[nodiscard]] int gutterWidth() const { return 6; }
    [[nodiscard]] int offsetLeft() const { return gutterWidth() + m_charWidth; }
    /// The cell of a byte in the hex column; cells of neighbours touch, but for the gap after each eighth.
    [[nodiscard]] int hexCellLeft(int column) const;
    [[nodiscard]] int hexCellRight(int column) const; ///< one past
    [[nodiscard]] int hexGlyphLeft(int column) const { return hexCellLeft(column) + m_byteGap / 2; }
    [[nodiscard]] int textLeft(int column) const { return m_textLeft + column * m_charWidth; }
    [[nodiscard]] int contentWidth() const; ///< pixels that all columns take

    /// The rectangle of the bytes [first, first + count) of one line, in the hex or the text column.
    [[nodiscard]] QRect hexRect(int first, int count, int top) const;
    [[nodiscard]] QRect textRect(int first, int count, int top) const;

    /// What is at the point, `topLine` being the first visible line. Exact: between the columns there is nothing.
    [[nodiscard]] Hit hit(QPoint point, qint64 topLine) const;
    /// The byte nearest to the point, for dragging: -1 only when there are no bytes.
    [[nodiscard]] qint64 nearest(QPoint point, qint64 topLine) const;

    /// Pixels needed for that many bytes a line with the narrowest gaps.
    [[nodiscard]] static int widthFor(int bytesPerLine, int offsetDigits, int charWidth);

private:
    [[nodiscard]] int hexColumnAt(int x) const;

    qint64 m_size = 0;
    int m_bytesPerLine = 8;
    int m_offsetDigits = 4;
    int m_charWidth = 8;
    int m_lineHeight = 16;
    int m_byteGap = 4; // between two bytes
    int m_groupGap = 4; // more of it after each eighth
    int m_hexLeft = 0;
    int m_textLeft = 0;
};

} // namespace sockeye
