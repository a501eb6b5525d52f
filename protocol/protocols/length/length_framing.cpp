// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/length/length_framing.h"

#include "protocol/text/describe_bytes.h"

#include <algorithm>

namespace sockeye {

LengthFraming::LengthFraming(const LengthLayout& layout, const Limits& limits)
    : m_layout(layout)
    , m_most(limits.maxContent)
{
}

Error LengthFraming::badLength(const LengthLayout& layout, quint64 length, qint64 most, qint64 offset)
{
    const QString found = QString::number(length);
    if (length < static_cast<quint64>(std::max<qint64>(-layout.adjust, 0))) {
        return { ErrorCode::BadValue, offset, QStringLiteral("length"), u"at least " % QString::number(-layout.adjust),
            found };
    }
    return { ErrorCode::TooLong, offset, QStringLiteral("message"),
        u"at most " % groupedDigits(most) % u" bytes after the length", u"the length " % found };
}

void LengthFraming::take(QByteArrayView piece, Frames& out)
{
    if (m_head > 0) {
        advance(std::min<qint64>(piece.size(), m_head + m_body - size()));
    } else if (size() < m_layout.offset) {
        advance(std::min<qint64>(piece.size(), m_layout.offset - size()));
        return;
    } else {
        takeLength(piece, out);
        return;
    }
    if (size() == m_head + m_body) {
        endMessage(out, m_head);
        m_head = 0;
    }
}

void LengthFraming::takeLength(QByteArrayView piece, Frames& out)
{
    m_length.append(piece.front());
    advance(1);
    const auto read = m_layout.read(m_length);
    if (!read) {
        return;
    }
    m_length.resize(0);
    const auto following = m_layout.following(read->value, m_most);
    if (!following) {
        const Error error = badLength(m_layout, read->value, m_most, end() - read->bytes);
        fail(error.code, error.offset, error.subject, error.expected, error.found);
        return;
    }
    m_head = size();
    m_body = *following;
    if (m_body == 0) {
        endMessage(out, m_head);
        m_head = 0;
    }
}

void LengthFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (size() == 0) {
        return;
    }
    if (m_head > 0) {
        truncated(QStringLiteral("body"), sizedThing(m_body, QLatin1StringView("body")), size() - m_head);
    } else {
        truncated(QStringLiteral("length"), QStringLiteral("what says the length of a message"), size());
    }
}

Progress LengthFraming::progress() const
{
    if (m_head > 0) {
        return within(LengthPart::Body, size() - m_head, m_body, true);
    }
    return within(
        LengthPart::Head, size(), m_layout.size == LengthLayout::varint ? 0 : m_layout.offset + m_layout.size);
}

} // namespace sockeye
