// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_geometry.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int leastPitch = 96;
constexpr int mostPitch = 176;
constexpr int leastRoom = 280;
constexpr int mostRoom = 720; ///< a line of text is not longer
constexpr int over = 3; ///< the label
constexpr int below = 14; ///< the label, for the arrow

int timeWidthOf(const QFontMetrics& metrics)
{
    return metrics.horizontalAdvance(QStringLiteral("0000.000000 s")) + 8;
}

int marginOf(const QFontMetrics& metrics)
{
    return metrics.horizontalAdvance(QStringLiteral("127.0.0.1:65432")) / 2 + 8; // half of a heading
}

int betweenOf(int leftColumns, int rightColumns)
{
    return std::max(0, leftColumns - 1) + std::max(0, rightColumns - 1);
}

} // namespace

int LadderGeometry::leastWidth(const QFontMetrics& metrics, int leftColumns, int rightColumns)
{
    return timeWidthOf(metrics) + 2 * marginOf(metrics) + betweenOf(leftColumns, rightColumns) * leastPitch + leastRoom;
}

LadderGeometry::LadderGeometry(const QFontMetrics& metrics, int leftColumns, int rightColumns, int width)
    : m_leftColumns(std::max(1, leftColumns))
    , m_rightColumns(std::max(1, rightColumns))
    , m_timeWidth(timeWidthOf(metrics))
    , m_textHeight(metrics.height())
    , m_headingHeight(metrics.height() + 12)
    , m_stepHeight(metrics.height() + over + below)
    , m_margin(marginOf(metrics))
{
    const int between = betweenOf(m_leftColumns, m_rightColumns);
    const int spare = std::max(0, width - leastWidth(metrics, m_leftColumns, m_rightColumns));
    m_pitch = leastPitch + (between > 0 ? std::min(mostPitch - leastPitch, spare / 2 / between) : 0);
    m_room = std::min(mostRoom, leastRoom + spare - between * (m_pitch - leastPitch));
    m_width = m_timeWidth + 2 * m_margin + between * m_pitch + m_room;
}

int LadderGeometry::lineX(bool isServer, int column) const
{
    const int first = m_timeWidth + m_margin;
    return isServer ? first + (m_leftColumns - 1) * m_pitch + m_room + std::min(column, m_rightColumns - 1) * m_pitch
                    : first + std::min(column, m_leftColumns - 1) * m_pitch;
}

QRect LadderGeometry::time(int top) const
{
    return { 0, top + over, m_timeWidth - 4, m_textHeight + below };
}

QRect LadderGeometry::label(int top) const
{
    const int left = lineX(false, m_leftColumns - 1);
    return { left + 10, top + over, lineX(true, 0) - left - 20, m_textHeight };
}

int LadderGeometry::arrowY(int top) const
{
    return top + over + m_textHeight + 6;
}

} // namespace sockeye
