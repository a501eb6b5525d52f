// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_selection.h"

#include <algorithm>

namespace sockeye {

void HexSelection::setSize(qint64 bytes)
{
    m_size = std::max<qint64>(0, bytes);
    const qint64 last = std::max<qint64>(0, m_size - 1);
    if (m_active && std::min(m_anchor, m_cursor) >= m_size) {
        m_active = false;
    }
    m_anchor = std::min(m_anchor, last);
    m_cursor = std::min(m_cursor, last);
}

qint64 HexSelection::offset() const
{
    return m_active ? std::min(m_anchor, m_cursor) : m_cursor;
}

qint64 HexSelection::size() const
{
    return m_active ? std::max(m_anchor, m_cursor) - std::min(m_anchor, m_cursor) + 1 : 0;
}

bool HexSelection::clear()
{
    return select(0, 0);
}

bool HexSelection::selectAll()
{
    return select(0, m_size);
}

bool HexSelection::select(qint64 first, qint64 count)
{
    const HexSelection before = *this;
    const qint64 begin = std::clamp<qint64>(first, 0, std::max<qint64>(0, m_size - 1));
    const qint64 room = m_size - begin;
    const qint64 cut = std::clamp<qint64>(count, 0, room);
    m_active = cut > 0;
    // The cursor stands at the start: that is what values are read from and what is scrolled to.
    m_cursor = begin;
    m_anchor = m_active ? begin + cut - 1 : begin;
    return m_active != before.m_active || m_cursor != before.m_cursor || m_anchor != before.m_anchor;
}

bool HexSelection::moveTo(qint64 to, bool extend)
{
    if (m_size == 0) {
        return false;
    }
    const HexSelection before = *this;
    m_cursor = std::clamp<qint64>(to, 0, m_size - 1);
    if (!extend) {
        m_anchor = m_cursor;
    }
    m_active = true;
    return !before.m_active || m_cursor != before.m_cursor || m_anchor != before.m_anchor;
}

bool HexSelection::move(CursorMove step, bool extend, int bytesPerLine, int linesPerPage)
{
    const qint64 line = bytesPerLine;
    const qint64 page = line * std::max(1, linesPerPage);
    const qint64 last = m_size - 1;
    // Up and down keep the column, or do nothing where there is no line to go to.
    const auto vertical = [&](qint64 distance) {
        const qint64 column = m_cursor % line;
        if (distance < 0) {
            return std::max(column, m_cursor + distance);
        }
        const qint64 lastLine = last / line * line;
        return std::min(last, std::min(lastLine + column, m_cursor + distance));
    };
    switch (step) {
    case CursorMove::Left:
        return moveTo(m_cursor - 1, extend);
    case CursorMove::Right:
        return moveTo(m_cursor + 1, extend);
    case CursorMove::Up:
        return moveTo(vertical(-line), extend);
    case CursorMove::Down:
        return moveTo(vertical(line), extend);
    case CursorMove::LineStart:
        return moveTo(m_cursor / line * line, extend);
    case CursorMove::LineEnd:
        return moveTo(m_cursor / line * line + line - 1, extend);
    case CursorMove::PageUp:
        return moveTo(vertical(-page), extend);
    case CursorMove::PageDown:
        return moveTo(vertical(page), extend);
    case CursorMove::Start:
        return moveTo(0, extend);
    case CursorMove::End:
        return moveTo(last, extend);
    }
    return false;
}

} // namespace sockeye
