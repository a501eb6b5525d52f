// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/request_stream.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Content that is missing by at least this much is received where it will stay, instead of being copied there.
constexpr qint64 receiveInPlace = 32 * 1024;
constexpr qint64 maxReceiveInPlace = 256 * 1024;

} // namespace

void RequestStream::begin(std::unique_ptr<Framing> framing)
{
    m_framing = std::move(framing);
}

std::span<char> RequestStream::room(std::span<char> scratch)
{
    m_inPlace = false;
    if (m_kept) {
        const qint64 missing = m_framing->progress().missing();
        if (missing >= receiveInPlace) {
            const auto size = static_cast<qsizetype>(std::min(missing, maxReceiveInPlace));
            m_inPlace = true;
            return { m_kept->reserve(size), static_cast<std::size_t>(size) };
        }
    }
    return scratch;
}

void RequestStream::feed(QByteArrayView piece, Frames& found)
{
    m_framing->feed(piece, found);
    m_view = piece;
    m_viewOffset = m_received;
    m_received += piece.size();
    if (m_kept) {
        if (m_inPlace) {
            m_kept->commit(piece.size());
        } else {
            m_kept->append(piece);
        }
        lookAtKept();
    }
}

int RequestStream::patience() const
{
    const int patience = m_framing ? m_framing->patience() : 0;
    return patience > 0 && m_framing->progress().isWithin() ? patience : 0;
}

void RequestStream::silence(Frames& found)
{
    m_framing->silence(found);
    lookAtKept();
}

void RequestStream::finish(Frames& found)
{
    m_framing->finish(found);
    lookAtKept();
}

void RequestStream::lookAtKept()
{
    m_view = m_kept ? m_kept->view(m_kept->begin(), m_kept->end() - m_kept->begin()) : QByteArrayView();
    m_viewOffset = m_kept ? m_keptOffset + m_kept->begin() : m_received;
}

QByteArrayView RequestStream::bytes(const Frame& message) const
{
    return m_view.sliced(message.offset - m_viewOffset, message.size);
}

void RequestStream::settle(const Frames& found, std::size_t answered)
{
    m_waiting.insert(m_waiting.end(), found.cbegin() + static_cast<Frames::difference_type>(answered), found.cend());
    if (hasWaiting()) {
        keepFrom(m_waiting[m_nextWaiting].offset);
    } else {
        keepFrom(found.empty() ? m_viewOffset : found.back().end());
    }
}

qint64 RequestStream::waitingBytes() const
{
    return hasWaiting() ? m_waiting.back().end() - m_waiting[m_nextWaiting].offset : 0;
}

void RequestStream::settleWaiting(std::size_t answered)
{
    m_nextWaiting = answered;
    if (m_nextWaiting < m_waiting.size()) {
        keepFrom(m_waiting[m_nextWaiting].offset);
    } else if (!m_waiting.empty()) {
        keepFrom(m_waiting.back().end());
        m_waiting = {};
        m_nextWaiting = 0;
    }
}

/// Lets go of everything before `needed` in the stream.
void RequestStream::keepFrom(qint64 needed)
{
    if (m_kept) {
        m_kept->discardBefore(needed - m_keptOffset);
        if (m_kept->begin() == m_kept->end()) {
            m_kept.reset();
        }
    } else if (needed < m_viewOffset + m_view.size()) {
        m_kept.emplace();
        m_keptOffset = needed;
        m_kept->append(m_view.sliced(needed - m_viewOffset));
    }
    lookAtKept();
}

void RequestStream::clear()
{
    m_waiting = {};
    m_nextWaiting = 0;
    m_kept.reset();
    m_view = {};
    m_viewOffset = m_received;
}

} // namespace sockeye
