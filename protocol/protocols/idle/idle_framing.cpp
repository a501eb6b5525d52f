// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/idle/idle_framing.h"

namespace sockeye {

void IdleFraming::take(QByteArrayView piece, Frames& out)
{
    Q_UNUSED(out)
    if (piece.size() > m_maxMessage - size()) {
        failTooLong(QStringLiteral("message"), m_maxMessage);
        return;
    }
    advance(piece.size());
}

void IdleFraming::silence(Frames& out)
{
    if (!hasFailed() && size() > 0) {
        endMessage(out);
    }
}

Progress IdleFraming::progress() const
{
    constexpr quint16 message = 1;
    return within(message, size());
}

} // namespace sockeye
