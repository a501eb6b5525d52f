// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/visible_text.h"

#include "protocol/text/decoder.h"

#include <limits>

namespace sockeye {

namespace {

/// Whether a character has no picture of its own, or changes how others are shown.
bool isInvisible(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) // control characters
        || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) // embeddings and isolates
        || c == 0x2028 || c == 0x2029 // separators of lines and paragraphs
        || c == 0xfeff // byte order mark
        || (c >= 0xd800 && c < 0xf900) // surrogates alone, and private use, which no font has to know
        || (c >= 0xfdd0 && c < 0xfdf0) || (c & 0xfffe) == 0xfffe || c >= 0xf0000; // no characters, private use
}

QString escapeOf(char32_t c)
{
    switch (c) {
    case U'\n':
        return QStringLiteral("\\n");
    case U'\r':
        return QStringLiteral("\\r");
    case U'\t':
        return QStringLiteral("\\t");
    default:
        break;
    }
    const auto digits = [c](qsizetype size) { return QString::number(c, 16).rightJustified(size, u'0'); };
    return c < 0x80   ? QString(u"\\x" % digits(2))
        : c < 0x10000 ? QString(u"\\u" % digits(4))
                      : QString(u"\\U" % digits(8));
}

/// Gathers characters up to a length, and remembers where "…" may stand.
class VisibleLine {
public:
    explicit VisibleLine(qsizetype maxChars)
        : m_maxChars(qMax<qsizetype>(maxChars, 1))
    {
    }

    void add(char32_t c)
    {
        if (isInvisible(c)) {
            add(escapeOf(c));
        } else if (c < 0x10000) {
            m_text += QChar(static_cast<char16_t>(c));
            takeLength();
        } else {
            m_text += QChar::fromUcs4(c);
            takeLength();
        }
    }
    void add(const QString& whole)
    {
        m_text += whole;
        takeLength();
    }
    [[nodiscard]] bool isFull() const { return m_text.size() > m_maxChars; }
    [[nodiscard]] QString text() &&
    {
        if (isFull()) {
            m_text.truncate(m_cut);
            m_text += u'…';
        }
        return std::move(m_text);
    }

private:
    void takeLength()
    {
        if (m_text.size() < m_maxChars) {
            m_cut = m_text.size();
        }
    }

    QString m_text;
    qsizetype m_maxChars;
    qsizetype m_cut = 0;
};

constexpr qsizetype noLimit = std::numeric_limits<qsizetype>::max();

} // namespace

QString visibleText(QStringView text)
{
    return visibleText(text, noLimit);
}

QString visibleText(QByteArrayView utf8)
{
    return visibleText(utf8, noLimit);
}

QString visibleText(QStringView text, qsizetype maxChars)
{
    VisibleLine line(maxChars);
    for (qsizetype i = 0; i < text.size() && !line.isFull(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        line.add(isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t { text[i].unicode() });
        i += isPair ? 1 : 0;
    }
    return std::move(line).text();
}

QString visibleText(QByteArrayView utf8, qsizetype maxChars)
{
    VisibleLine line(maxChars);
    for (qsizetype i = 0; i < utf8.size() && !line.isFull();) {
        const DecodedCharacter character = decodeCharacter(Encoding::Utf8, utf8, i);
        if (character.size > 0) {
            line.add(character.codePoint);
        } else {
            line.add(QString(u"\\x" % QString::number(static_cast<uchar>(utf8[i]), 16).rightJustified(2, u'0')));
        }
        i += qMax(character.size, 1);
    }
    return std::move(line).text();
}

QString visibleLines(QStringView text)
{
    QString out;
    for (qsizetype at = 0; at <= text.size();) {
        const qsizetype found = text.indexOf(u'\n', at);
        const qsizetype end = found < 0 ? text.size() : found;
        QStringView line = text.sliced(at, end - at);
        if (found >= 0 && line.endsWith(u'\r')) {
            line.chop(1);
        }
        for (qsizetype from = 0; from <= line.size();) {
            const qsizetype tab = line.indexOf(u'\t', from);
            const qsizetype to = tab < 0 ? line.size() : tab;
            out += visibleText(line.sliced(from, to - from));
            if (tab >= 0) {
                out += u'\t';
            }
            from = to + 1;
        }
        if (found >= 0) {
            out += u'\n';
        }
        at = end + 1;
    }
    return out;
}

} // namespace sockeye
