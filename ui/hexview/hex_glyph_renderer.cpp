// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_page.h"
#include "ui/hexview/hex_renderers.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace sockeye {

void paintGlyphs(QPainter& painter, const HexPage& page)
{
    const HexGeometry& geometry = page.geometry;
    const QPalette::ColorGroup group = page.focused ? QPalette::Active : QPalette::Inactive;
    const QColor muted = Theme::instance().muted();
    const QByteArray& bytes = page.message.bytes();
    HexGlyphs::Run offsets(page.glyphs);
    HexGlyphs::Run plain(page.glyphs);
    HexGlyphs::Run dots(page.glyphs); // unprintable bytes step back in the text column
    HexGlyphs::Run selected(page.glyphs);
    for (int i = 0; i < page.lines; ++i) {
        const int top = i * geometry.lineHeight();
        const qint64 start = geometry.lineStart(page.topLine + i);
        const qint64 end = std::min(geometry.lineStart(page.topLine + i + 1), page.to());
        if (start >= end) {
            break;
        }
        offsets.addDigits(static_cast<quint64>(start), geometry.offsetDigits(), geometry.offsetLeft(), top);
        for (qint64 at = start; at < end; ++at) {
            const auto byte = static_cast<uchar>(bytes.at(at));
            const auto column = static_cast<int>(at - start);
            const bool isSelected = page.selection.contains(at);
            (isSelected ? selected : plain).addHex(byte, geometry.hexGlyphLeft(column), top);
            HexGlyphs::Run& text = isSelected ? selected : HexGlyphs::isPrintable(byte) ? plain : dots;
            text.addText(byte, geometry.textLeft(column), top);
        }
    }
    offsets.draw(painter, muted);
    plain.draw(painter, page.palette.color(QPalette::Text));
    dots.draw(painter, muted);
    selected.draw(painter, page.palette.color(group, QPalette::HighlightedText));
}

} // namespace sockeye
