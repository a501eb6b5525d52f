// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/delimited/delimited_framing.h"

namespace sockeye {

DelimitedFraming::DelimitedFraming(const QByteArray& delimiter, const Limits& limits)
    : m_delimiter(delimiter)
    , m_fallback(static_cast<size_t>(delimiter.size()) + 1, 0)
    , m_most(limits.maxContent)
{
    // Knuth, Morris and Pratt: no byte of the stream is looked at again, however the delimiter repeats itself.
    qsizetype fits = 0;
    for (qsizetype i = 1; i < delimiter.size(); ++i) {
        while (fits > 0 && delimiter[i] != delimiter[fits]) {
            fits = m_fallback[static_cast<size_t>(fits)];
        }
        fits += delimiter[i] == delimiter[fits] ? 1 : 0;
        m_fallback[static_cast<size_t>(i) + 1] = fits;
    }
}

void DelimitedFraming::take(QByteArrayView piece, Frames& out)
{
    qsizetype at = 0;
    while (at < piece.size() && m_fits < m_delimiter.size()) {
        if (m_fits == 0) {
            const qsizetype first = piece.indexOf(m_delimiter.front(), at);
            if (first < 0) {
                at = piece.size();
                break;
            }
            at = first;
        }
        while (m_fits > 0 && piece[at] != m_delimiter[m_fits]) {
            m_fits = m_fallback[static_cast<size_t>(m_fits)];
        }
        m_fits += piece[at] == m_delimiter[m_fits] ? 1 : 0;
        ++at;
    }
    if (size() + at > m_most) {
        failTooLong(QStringLiteral("message"), m_most);
        return;
    }
    advance(at);
    if (m_fits == m_delimiter.size()) {
        m_fits = 0;
        endMessage(out);
    }
}

void DelimitedFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (size() > 0) {
        truncated(QStringLiteral("message"), u"a message that ends with " % QString::fromLatin1(m_delimiter.toHex(' ')),
            size());
    }
}

Progress DelimitedFraming::progress() const
{
    constexpr quint16 message = 1;
    return within(message, size());
}

} // namespace sockeye
