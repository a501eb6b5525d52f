// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/encoded/encoded_framing.h"

#include <algorithm>
#include <utility>

namespace sockeye {

EncodedFraming::EncodedFraming(std::unique_ptr<Framing> framing, const QByteArray& encoding)
    : m_framing(std::move(framing))
    , m_decoder(encoding)
{
}

void EncodedFraming::feed(QByteArrayView piece, Frames& out)
{
    const std::size_t before = out.size();
    m_framing->feed(piece, out);
    if (out.size() > before && !m_begun.isEmpty()) {
        out[before].detail = std::make_shared<const BegunCharacter>(m_begun);
    }
    static_cast<void>(m_decoder.decode(piece));
    const qsizetype pending = std::min<qsizetype>(m_decoder.pending(), m_begun.size() + piece.size());
    m_begun = pending <= piece.size() ? piece.last(pending).toByteArray() : QByteArray(m_begun + piece).right(pending);
}

} // namespace sockeye
