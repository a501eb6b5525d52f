// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/cutter.h"

#include "protocol/text/describe_bytes.h"

namespace sockeye {

void Cutter::feed(QByteArrayView piece, Frames& out)
{
    while (!piece.isEmpty() && !m_error) {
        const qint64 before = m_end;
        take(piece, out);
        piece = piece.sliced(static_cast<qsizetype>(m_end - before));
    }
}

void Cutter::endMessage(Frames& out, qint64 contentOffset, std::shared_ptr<const FrameDetail> detail)
{
    out.push_back(Frame { m_begin, m_end - m_begin, contentOffset, std::move(detail) });
    m_begin = m_end;
}

Progress Cutter::within(quint16 part, qint64 have, qint64 need, bool last) const
{
    if (m_error) {
        return { Progress::failed, 0, 0, m_begin };
    }
    if (m_begin == m_end) {
        return { Progress::between, 0, 0, m_begin };
    }
    return { part, have, need, m_begin, last };
}

void Cutter::fail(ErrorCode code, qint64 offset, const QString& subject, const QString& expected, const QString& found)
{
    if (!m_error) {
        m_error = Error { code, offset, subject, expected, found };
    }
}

void Cutter::truncated(const QString& subject, const QString& part, qint64 have)
{
    fail(ErrorCode::Truncated, m_end, subject, part, byteCount(have));
}

void Cutter::failTooLong(const QString& subject, qint64 most)
{
    fail(ErrorCode::TooLong, m_begin + most, subject, u"at most " % byteCount(most), QStringLiteral("more"));
}

} // namespace sockeye
