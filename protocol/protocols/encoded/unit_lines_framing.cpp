// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/encoded/unit_lines_framing.h"

#include "protocol/text/describe_bytes.h"

namespace sockeye {

UnitLinesFraming::UnitLinesFraming(int unit, bool isBig, const Limits& limits)
    : m_unit(unit)
    , m_isBig(isBig)
    , m_maxLine(limits.maxLine)
{
}

void UnitLinesFraming::feed(QByteArrayView piece, Frames& out)
{
    if (m_error) {
        return;
    }
    for (const char c : piece) {
        const auto at = static_cast<int>(m_lineSize % m_unit);
        const auto byte = static_cast<quint32>(static_cast<uchar>(c));
        m_value = m_isBig ? (at == 0 ? 0 : m_value << 8) | byte : (at == 0 ? 0 : m_value) | byte << (8 * at);
        ++m_lineSize;
        if (m_lineSize > m_maxLine) {
            m_error = Error { ErrorCode::LineTooLong, m_lineOffset + m_maxLine, QStringLiteral("line"),
                u"at most " % byteCount(m_maxLine), QStringLiteral("more") };
            return;
        }
        if (at == m_unit - 1 && m_value == '\n') {
            end(out);
        }
    }
}

void UnitLinesFraming::end(Frames& out)
{
    out.push_back(Frame { m_lineOffset, m_lineSize, 0, nullptr });
    m_lineOffset += m_lineSize;
    m_lineSize = 0;
}

void UnitLinesFraming::finish(Frames& out)
{
    if (m_lineSize > 0 && !m_error) {
        end(out);
    }
}

Progress UnitLinesFraming::progress() const
{
    if (m_error) {
        return { Progress::failed, 0, 0, m_lineOffset };
    }
    constexpr quint16 line = 1;
    return { m_lineSize > 0 ? line : Progress::between, m_lineSize, 0, m_lineOffset };
}

} // namespace sockeye
