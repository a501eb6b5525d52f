// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QPainter;

namespace sockeye {

struct HexPage;

// The hex view in layers, from back to front, one function each. Each paints all visible lines.

void paintFieldTints(QPainter& painter, const HexPage& page);
void paintSelection(QPainter& painter, const HexPage& page);
void paintGlyphs(QPainter& painter, const HexPage& page); ///< offsets, hex digits, text
void paintChunkMarks(QPainter& painter, const HexPage& page); ///< the ruler in the gutter, ticks in the bytes
void paintHover(QPainter& painter, const HexPage& page);
void paintCursor(QPainter& painter, const HexPage& page);

} // namespace sockeye
