// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/stream_decoder.h"

namespace sockeye {

StreamDecoder::StreamDecoder(FramingKind kind, const Limits& limits)
    : m_framing(newFraming(kind, limits))
    , m_kind(kind)
    , m_limits(limits)
{
}

std::optional<StreamDecoder::Bad> StreamDecoder::feed(QByteArrayView bytes, Frames& out)
{
    m_end += bytes.size();
    if (!m_framing) {
        return std::nullopt; // told at the end: rows stay as they are once they are there
    }
    const std::size_t firstNew = out.size();
    m_framing->feed(bytes, out);
    return collect(firstNew, out);
}

std::optional<StreamDecoder::Bad> StreamDecoder::finish(Frames& out)
{
    if (m_finished) {
        return std::nullopt;
    }
    m_finished = true;
    if (!m_framing) {
        return rest(std::nullopt);
    }
    const std::size_t firstNew = out.size();
    m_framing->finish(out);
    std::optional<Bad> bad = collect(firstNew, out);
    m_framing.reset();
    return bad;
}

std::optional<StreamDecoder::Bad> StreamDecoder::gap(qint64 size, Frames& out)
{
    std::optional<Bad> bad = finish(out);
    m_finished = false;
    m_end += size;
    m_base = m_covered = m_end;
    m_framing = newFraming(m_kind, m_limits);
    return bad;
}

std::optional<StreamDecoder::Bad> StreamDecoder::collect(std::size_t firstNew, Frames& out)
{
    for (std::size_t i = firstNew; i < out.size(); ++i) {
        out[i].offset += m_base;
    }
    if (out.size() > firstNew) {
        m_covered = out.back().end();
    }
    if (!m_framing->error()) {
        return std::nullopt;
    }
    Error error = *m_framing->error();
    error.offset += m_base;
    m_framing.reset();
    return rest(std::move(error));
}

std::optional<StreamDecoder::Bad> StreamDecoder::rest(std::optional<Error> error)
{
    if (!error && m_covered == m_end) {
        return std::nullopt;
    }
    Bad bad { m_covered, m_end - m_covered, std::move(error) };
    m_covered = m_end;
    return bad;
}

Progress StreamDecoder::progress() const
{
    if (!m_framing) {
        Progress progress;
        progress.part = m_finished ? Progress::Part::Nothing : Progress::Part::Failed;
        progress.messageOffset = m_covered;
        return progress;
    }
    Progress progress = m_framing->progress();
    progress.messageOffset += m_base;
    return progress;
}

} // namespace sockeye
