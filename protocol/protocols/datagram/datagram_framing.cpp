// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/datagram/datagram_framing.h"

namespace sockeye {

void DatagramFraming::feed(QByteArrayView piece, Frames& out)
{
    out.push_back(Frame { m_offset, piece.size(), 0, nullptr });
    m_offset += piece.size();
}

void DatagramFraming::finish(Frames& out)
{
    Q_UNUSED(out) // there is no such thing as half a datagram
}

Progress DatagramFraming::progress() const
{
    return { Progress::between, 0, 0, m_offset };
}

} // namespace sockeye
