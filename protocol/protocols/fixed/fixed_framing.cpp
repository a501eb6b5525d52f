// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/fixed/fixed_framing.h"

#include "protocol/text/describe_bytes.h"

#include <algorithm>

namespace sockeye {

void FixedFraming::take(QByteArrayView piece, Frames& out)
{
    advance(std::min<qint64>(piece.size(), m_messageSize - size()));
    if (size() == m_messageSize) {
        endMessage(out);
    }
}

void FixedFraming::finish(Frames& out)
{
    Q_UNUSED(out)
    if (size() > 0) {
        truncated(QStringLiteral("message"), sizedThing(m_messageSize, QLatin1StringView("message")), size());
    }
}

Progress FixedFraming::progress() const
{
    constexpr quint16 message = 1;
    return within(message, size(), m_messageSize, true);
}

} // namespace sockeye
