// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/end_byte_framing.h"

#include <algorithm>

namespace sockeye {

void EndByteFraming::take(QByteArrayView piece, Frames& out)
{
    const bool isEmpty = size() == m_leading;
    if (isEmpty && piece.front() == m_endByte) {
        if (size() == m_most) { // somebody keeps a line alive for very long: what came is passed over as a frame
            endMessage(out, m_leading);
            m_leading = 0;
        }
        ++m_leading;
        advance(1);
        return;
    }
    const qsizetype found = piece.indexOf(m_endByte);
    const qsizetype taken = found < 0 ? piece.size() : found + 1;
    if (size() + taken - m_leading > m_most) {
        failTooLong(QStringLiteral("frame"), m_leading + m_most);
        return;
    }
    advance(taken);
    if (found >= 0) {
        endMessage(out, m_leading);
        m_leading = 0;
    }
}

void EndByteFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (size() > m_leading) {
        truncated(QStringLiteral("frame"), QStringLiteral("a frame"), size() - m_leading);
    }
}

Progress EndByteFraming::progress() const
{
    constexpr quint16 frame = 1;
    Progress progress = within(frame, size() - m_leading);
    if (progress.isWithin() && size() == m_leading) {
        progress.part = Progress::between;
    }
    return progress;
}

} // namespace sockeye
