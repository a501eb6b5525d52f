// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>
#include <QList>
#include <QPointF>
#include <QRawFont>

#include <array>

class QPainter;

namespace sockeye {

/// The glyphs of hex digits and printable ASCII in one font, looked up once: a line of bytes is then drawn with a
/// single call, three to eight times as fast as text by text.
class HexGlyphs {
public:
    explicit HexGlyphs(const QFont& font);

    [[nodiscard]] int charWidth() const { return m_charWidth; } ///< pixels, whole
    [[nodiscard]] int lineHeight() const { return m_lineHeight; }

    /// Gathers glyphs of one colour; draws them together.
    class Run {
    public:
        explicit Run(const HexGlyphs& glyphs);
        void addHex(uchar byte, int x, int top); ///< two digits
        void addDigits(quint64 value, int digits, int x, int top); ///< hex, with leading zeros
        void addText(uchar byte, int x, int top); ///< the character of printable ASCII, else a dot
        void draw(QPainter& painter, const QColor& colour);

    private:
        void add(quint32 glyph, int x, int top);
        const HexGlyphs& m_glyphs;
        QList<quint32> m_indexes;
        QList<QPointF> m_positions;
    };

    [[nodiscard]] static bool isPrintable(uchar byte) { return byte >= 0x20 && byte <= 0x7e; }

private:
    QRawFont m_font;
    std::array<quint32, 256> m_text {};
    std::array<quint32, 16> m_digits {};
    int m_charWidth = 8;
    int m_lineHeight = 16;
    qreal m_baseline = 12;
};

} // namespace sockeye
