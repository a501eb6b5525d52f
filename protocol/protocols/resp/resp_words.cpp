// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/resp/resp_words.h"

#include "protocol/protocols/resp/resp_item.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/visible_text.h"

#include <algorithm>

namespace sockeye::resp {

namespace {

constexpr int mostDepth = 128; // what was framed is less deep

QString quotedData(QByteArrayView data, qsizetype maxChars)
{
    QString out(u'"');
    for (const char c : data.first(std::min(data.size(), 4 * maxChars))) {
        const auto byte = static_cast<uchar>(c);
        if (c == '"' || c == '\\') {
            out += u'\\';
        }
        if (byte < 0x20 || byte >= 0x7f) {
            out += u"\\x" % QString::number(byte, 16).rightJustified(2, u'0');
        } else {
            out += QLatin1Char(c);
        }
        if (out.size() > maxChars) {
            break;
        }
    }
    return out + u'"';
}

QString shownData(QByteArrayView data, qsizetype maxChars)
{
    if (isReadableText(data) && !data.contains('"')) {
        return u'"' % visibleText(QString::fromUtf8(data.first(std::min(data.size(), 4 * maxChars)))) % u'"';
    }
    return quotedData(data, maxChars);
}

bool isPlainWord(QByteArrayView data)
{
    return !data.isEmpty()
        && std::all_of(data.begin(), data.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

class Words {
public:
    Words(QByteArrayView bytes, qsizetype maxChars)
        : m_bytes(bytes)
        , m_maxChars(maxChars)
    {
    }

    QString message()
    {
        if (m_bytes.isEmpty()) {
            return {};
        }
        if (const QString words = command(); !words.isEmpty()) {
            return words;
        }
        value(0);
        return m_out;
    }

private:
    /// An array of nothing but strings, which is what clients send.
    QString command()
    {
        const Item array = itemAt(m_bytes, 0);
        if (array.type != '*' || array.state != Item::State::Right || array.number == 0 || array.streamed) {
            return {};
        }
        QString words;
        qsizetype at = array.end;
        for (qint64 i = 0; i < array.number; ++i) {
            if (at >= m_bytes.size() || words.size() > m_maxChars) {
                return words + u'…';
            }
            const Item word = itemAt(m_bytes, at);
            if (word.type != '$' || word.isNull || word.streamed || word.state == Item::State::Bad) {
                return {};
            }
            const QByteArrayView data = word.data(m_bytes);
            words += words.isEmpty() ? QString() : QStringLiteral(" ");
            words += isPlainWord(data) ? QString::fromLatin1(data.first(std::min(data.size(), m_maxChars)))
                                       : shownData(data, m_maxChars);
            at = word.end;
        }
        return words;
    }

    void value(int depth)
    {
        if (m_at >= m_bytes.size() || m_out.size() > m_maxChars || depth > mostDepth) {
            m_out += u'…';
            m_at = m_bytes.size();
            return;
        }
        const Item item = itemAt(m_bytes, m_at);
        m_at = item.end;
        if (item.isNull) {
            m_out += QStringLiteral("(nil)");
        } else if (item.shape == Shape::Aggregate && item.state == Item::State::Right) {
            elements(item, depth);
        } else if (item.shape == Shape::Bulk && item.streamed) {
            streamedString();
        } else if (item.shape == Shape::Bulk) {
            m_out += item.type == '!' ? QStringLiteral("-") : QString();
            m_out += shownData(item.data(m_bytes), m_maxChars);
        } else {
            line(item);
        }
    }

    void line(const Item& item)
    {
        const QByteArrayView bytes = item.line(m_bytes);
        const QString text = visibleText(QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * m_maxChars))));
        switch (item.type) {
        case ':':
            m_out += u"(integer) " % text;
            break;
        case ',':
            m_out += u"(double) " % text;
            break;
        case '(':
            m_out += u"(big number) " % text;
            break;
        case '#':
            m_out += text == u"t" ? QStringLiteral("(true)") : QStringLiteral("(false)");
            break;
        case '+':
        case '-':
            m_out += QLatin1Char(item.type) % text;
            break;
        default:
            m_out += text;
        }
    }

    void streamedString()
    {
        QByteArray all;
        while (m_at < m_bytes.size() && all.size() <= 4 * m_maxChars) {
            const Item part = itemAt(m_bytes, m_at);
            m_at = part.end;
            if (part.type != ';' || part.number == 0) {
                break;
            }
            all.append(part.data(m_bytes));
        }
        m_out += shownData(all, m_maxChars);
    }

    void elements(const Item& item, int depth)
    {
        const bool isMap = valuesEach(item.type) == 2;
        const bool braces = isMap || item.type == '~';
        m_out += item.type == '|' ? u"|" : item.type == '>' ? u"> " : u"";
        m_out += braces ? u'{' : u'[';
        for (qint64 i = 0; item.streamed || i < item.number; ++i) {
            if (item.streamed && m_at < m_bytes.size() && m_bytes[m_at] == '.') {
                m_at = itemAt(m_bytes, m_at).end;
                break;
            }
            m_out += i == 0 ? u"" : isMap && i % 2 == 1 ? u": " : u", ";
            value(depth + 1);
            if (m_at >= m_bytes.size()) {
                break;
            }
        }
        m_out += braces ? u'}' : u']';
        if (item.type == '|' && m_at < m_bytes.size()) {
            m_out += u' ';
            value(depth + 1);
        }
    }

    QByteArrayView m_bytes;
    qsizetype m_maxChars = 0;
    qsizetype m_at = 0;
    QString m_out;
};

} // namespace

QString inWords(QByteArrayView first, qsizetype maxChars)
{
    return Words(first, maxChars).message();
}

} // namespace sockeye::resp
