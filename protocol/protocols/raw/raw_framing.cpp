// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_framing.h"

namespace sockeye {

void RawFraming::feed(QByteArrayView piece, Frames& out)
{
    if (!piece.isEmpty()) {
        out.push_back(Frame { m_offset, piece.size(), 0, nullptr });
        m_offset += piece.size();
    }
}

void RawFraming::finish(Frames& out)
{
    Q_UNUSED(out) // every piece is a message already
}

Progress RawFraming::progress() const
{
    return { Progress::between, 0, 0, m_offset };
}

} // namespace sockeye
