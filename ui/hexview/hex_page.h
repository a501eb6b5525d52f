// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/hexview/field_tints.h"
#include "ui/hexview/hex_geometry.h"
#include "ui/hexview/hex_glyphs.h"
#include "ui/hexview/hex_selection.h"
#include "ui/models/inspected_message.h"

#include <QPalette>

#include <algorithm>

namespace sockeye {

/// What is to be painted: the visible part of the hex view. Borrowed for the time of one paint event.
struct HexPage {
    const InspectedMessage& message;
    const HexGeometry& geometry;
    const HexSelection& selection;
    const HexGlyphs& glyphs;
    const QPalette& palette;
    qint64 topLine = 0;
    int lines = 0; ///< that are at least partly visible
    bool focused = false;
    qint64 hoveredOffset = 0;
    qint64 hoveredSize = 0;

    [[nodiscard]] qint64 from() const { return geometry.lineStart(topLine); }
    [[nodiscard]] qint64 to() const { return std::min<qint64>(geometry.size(), geometry.lineStart(topLine + lines)); }
    [[nodiscard]] int topOf(qint64 line) const { return static_cast<int>(line - topLine) * geometry.lineHeight(); }
};

/// Calls `part(line, firstColumn, count)` for each visible line that the bytes [from, to) touch.
template <typename Part> void forEachLine(const HexPage& page, qint64 from, qint64 to, Part part)
{
    qint64 at = std::max(from, page.from());
    const qint64 end = std::min(to, page.to());
    while (at < end) {
        const qint64 line = page.geometry.lineOf(at);
        const qint64 stop = std::min(end, page.geometry.lineStart(line + 1));
        part(line, page.geometry.columnOf(at), static_cast<int>(stop - at));
        at = stop;
    }
}

} // namespace sockeye
