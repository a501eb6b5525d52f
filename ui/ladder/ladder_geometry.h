// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFontMetrics>
#include <QRect>

namespace sockeye {

/// Where what belongs to a ladder stands, in pixels: times at the left, then the clients' life lines, room for what is
/// said, the servers' life lines. Steps have the same height. Coordinates of the whole, the heading apart.
class LadderGeometry {
public:
    /// `width` is what there is; more than wantedWidth() is left empty at the right, less than leastWidth() has to
    /// scroll.
    LadderGeometry(const QFontMetrics& metrics, int leftColumns, int rightColumns, int width);

    [[nodiscard]] int width() const { return m_width; } ///< of everything, at least leastWidth()
    [[nodiscard]] int headingHeight() const { return m_headingHeight; }
    [[nodiscard]] int stepHeight() const { return m_stepHeight; }
    [[nodiscard]] int lineX(bool isServer, int column) const; ///< of a life line
    [[nodiscard]] int linePitch() const { return m_pitch; } ///< between life lines of one side

    [[nodiscard]] QRect time(int top) const; ///< of the step that begins at `top`
    [[nodiscard]] QRect label(int top) const; ///< over its arrow, between clients and servers
    [[nodiscard]] int arrowY(int top) const;

    [[nodiscard]] static int leastWidth(const QFontMetrics& metrics, int leftColumns, int rightColumns);

private:
    int m_leftColumns;
    int m_rightColumns;
    int m_timeWidth;
    int m_textHeight;
    int m_headingHeight;
    int m_stepHeight;
    int m_margin;
    int m_pitch;
    int m_room; ///< between the two sides
    int m_width;
};

} // namespace sockeye
