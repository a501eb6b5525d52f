// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/lines/lines_framing.h"

#include "protocol/text/describe_bytes.h"

namespace sockeye {

LinesFraming::LinesFraming(const Limits& limits)
    : m_maxLine(limits.maxLine)
{
}

void LinesFraming::feed(QByteArrayView piece, Frames& out)
{
    while (!piece.isEmpty() && !m_error) {
        const qsizetype feed = piece.indexOf('\n');
        const qsizetype taken = feed < 0 ? piece.size() : feed + 1;
        m_lineSize += taken;
        if (m_lineSize > m_maxLine) {
            m_error = Error { ErrorCode::LineTooLong, m_lineOffset + m_maxLine, QStringLiteral("line"),
                u"at most " % byteCount(m_maxLine), QStringLiteral("more") };
            return;
        }
        piece = piece.sliced(taken);
        if (feed >= 0) {
            finish(out);
        }
    }
}

void LinesFraming::finish(Frames& out)
{
    if (m_lineSize > 0 && !m_error) {
        out.push_back(Frame { m_lineOffset, m_lineSize, 0, nullptr });
        m_lineOffset += m_lineSize;
        m_lineSize = 0;
    }
}

Progress LinesFraming::progress() const
{
    if (m_error) {
        return { Progress::failed, 0, 0, m_lineOffset };
    }
    constexpr quint16 line = 1;
    return { m_lineSize > 0 ? line : Progress::between, m_lineSize, 0, m_lineOffset };
}

} // namespace sockeye
