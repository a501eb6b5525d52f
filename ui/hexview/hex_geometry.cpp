// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_geometry.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int groupSize = 8;

int digitsFor(qint64 size)
{
    if (size <= 0x1'0000) {
        return 4;
    }
    return size <= 0x1'0000'0000 ? 8 : 12;
}

int narrowGap(int charWidth)
{
    return std::max(4, charWidth / 2);
}

int groupsBefore(int column)
{
    return column / groupSize;
}

} // namespace

int HexGeometry::widthFor(int bytesPerLine, int offsetDigits, int charWidth)
{
    const int gap = narrowGap(charWidth);
    const HexGeometry geometry;
    const int offsets = geometry.gutterWidth() + charWidth + offsetDigits * charWidth + charWidth;
    const int hex = bytesPerLine * (2 * charWidth + gap) + (bytesPerLine / groupSize - 1) * gap;
    return offsets + hex + charWidth + bytesPerLine * charWidth + charWidth / 2;
}

HexGeometry::HexGeometry(qint64 size, int width, int charWidth, int lineHeight)
    : m_size(std::max<qint64>(0, size))
    , m_offsetDigits(digitsFor(m_size))
    , m_charWidth(std::max(1, charWidth))
    , m_lineHeight(std::max(1, lineHeight))
{
    for (const int candidate : { 16, 32 }) {
        if (widthFor(candidate, m_offsetDigits, m_charWidth) <= width) {
            m_bytesPerLine = candidate;
        }
    }
    // Room that is left over goes between the bytes, up to the usual one character.
    const int spare = width - widthFor(m_bytesPerLine, m_offsetDigits, m_charWidth);
    const int narrow = narrowGap(m_charWidth);
    m_byteGap = std::clamp(
        narrow + spare / (m_bytesPerLine + groupsBefore(m_bytesPerLine)), narrow, std::max(narrow, m_charWidth));
    m_groupGap = m_byteGap;
    m_hexLeft = offsetLeft() + (m_offsetDigits + 1) * m_charWidth - m_byteGap / 2;
    m_textLeft = hexCellRight(m_bytesPerLine - 1) + m_charWidth;
}

qint64 HexGeometry::lineCount() const
{
    return std::max<qint64>(1, m_size / m_bytesPerLine + (m_size % m_bytesPerLine != 0 ? 1 : 0));
}

int HexGeometry::hexCellLeft(int column) const
{
    return m_hexLeft + column * (2 * m_charWidth + m_byteGap) + groupsBefore(column) * m_groupGap;
}

int HexGeometry::hexCellRight(int column) const
{
    return hexCellLeft(column) + 2 * m_charWidth + m_byteGap;
}

int HexGeometry::contentWidth() const
{
    return textLeft(m_bytesPerLine) + m_charWidth / 2;
}

QRect HexGeometry::hexRect(int first, int count, int top) const
{
    const int left = hexCellLeft(first);
    return { left, top, hexCellRight(first + count - 1) - left, m_lineHeight };
}

QRect HexGeometry::textRect(int first, int count, int top) const
{
    return { textLeft(first), top, count * m_charWidth, m_lineHeight };
}

int HexGeometry::hexColumnAt(int x) const
{
    const int inside = x - m_hexLeft;
    const int groupWidth = groupSize * (2 * m_charWidth + m_byteGap) + m_groupGap;
    const int group = inside / groupWidth;
    const int inGroup = std::min((inside - group * groupWidth) / (2 * m_charWidth + m_byteGap), groupSize - 1);
    return std::clamp(group * groupSize + inGroup, 0, m_bytesPerLine - 1);
}

HexGeometry::Hit HexGeometry::hit(QPoint point, qint64 topLine) const
{
    if (point.y() < 0 || point.x() < 0) {
        return {};
    }
    const qint64 start = lineStart(topLine + point.y() / m_lineHeight);
    if (start >= m_size) {
        return {};
    }
    if (point.x() < gutterWidth()) {
        return { Column::Gutter, start };
    }
    if (point.x() < m_hexLeft) {
        return { Column::Offset, start };
    }
    Hit hit;
    if (point.x() < hexCellRight(m_bytesPerLine - 1)) {
        hit = { Column::Hex, start + hexColumnAt(point.x()) };
    } else if (point.x() >= m_textLeft && point.x() < textLeft(m_bytesPerLine)) {
        hit = { Column::Text, start + (point.x() - m_textLeft) / m_charWidth };
    }
    if (hit.offset >= m_size) {
        hit.offset = -1;
    }
    return hit;
}

qint64 HexGeometry::nearest(QPoint point, qint64 topLine) const
{
    if (m_size == 0) {
        return -1;
    }
    // Floor, also above the viewport.
    const int lineDelta = point.y() >= 0 ? point.y() / m_lineHeight : -((m_lineHeight - 1 - point.y()) / m_lineHeight);
    const qint64 line = std::clamp<qint64>(topLine + lineDelta, 0, lineCount() - 1);
    const int column = point.x() < m_textLeft ? (point.x() < m_hexLeft ? 0 : hexColumnAt(point.x()))
                                              : std::min((point.x() - m_textLeft) / m_charWidth, m_bytesPerLine - 1);
    return std::min(lineStart(line) + column, m_size - 1);
}

} // namespace sockeye
