// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_glyphs.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>

namespace sockeye {

HexGlyphs::HexGlyphs(const QFont& font)
    : m_font(QRawFont::fromFont(font))
{
    const QFontMetricsF metrics(font);
    m_charWidth = qMax(1, qRound(metrics.horizontalAdvance(u'0') + 0.2));
    m_lineHeight = qMax(1, qCeil(metrics.height()) + 2);
    m_baseline = qRound(metrics.ascent()) + 1;

    QString characters;
    for (int byte = 0; byte < 256; ++byte) {
        characters += isPrintable(static_cast<uchar>(byte)) ? QChar(byte) : QChar(0xb7);
    }
    const QList<quint32> glyphs = m_font.glyphIndexesForString(characters);
    for (qsizetype i = 0; i < qMin<qsizetype>(glyphs.size(), 256); ++i) {
        m_text[static_cast<std::size_t>(i)] = glyphs[i];
    }
    for (std::size_t digit = 0; digit < m_digits.size(); ++digit) {
        m_digits[digit] = m_text[static_cast<uchar>("0123456789abcdef"[digit])];
    }
}

HexGlyphs::Run::Run(const HexGlyphs& glyphs)
    : m_glyphs(glyphs)
{
}

void HexGlyphs::Run::add(quint32 glyph, int x, int top)
{
    m_indexes.append(glyph);
    m_positions.append(QPointF(x, top + m_glyphs.m_baseline));
}

void HexGlyphs::Run::addHex(uchar byte, int x, int top)
{
    add(m_glyphs.m_digits[byte >> 4], x, top);
    add(m_glyphs.m_digits[byte & 15], x + m_glyphs.m_charWidth, top);
}

void HexGlyphs::Run::addDigits(quint64 value, int digits, int x, int top)
{
    for (int i = 0; i < digits; ++i) {
        add(m_glyphs.m_digits[(value >> (4 * (digits - 1 - i))) & 15], x + i * m_glyphs.m_charWidth, top);
    }
}

void HexGlyphs::Run::addText(uchar byte, int x, int top)
{
    add(m_glyphs.m_text[byte], x, top);
}

void HexGlyphs::Run::draw(QPainter& painter, const QColor& colour)
{
    if (m_indexes.isEmpty()) {
        return;
    }
    QGlyphRun run;
    run.setRawFont(m_glyphs.m_font);
    run.setGlyphIndexes(m_indexes);
    run.setPositions(m_positions);
    painter.setPen(colour);
    painter.drawGlyphRun(QPointF(), run);
    m_indexes.clear();
    m_positions.clear();
}

} // namespace sockeye
