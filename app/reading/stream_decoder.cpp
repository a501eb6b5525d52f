// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/stream_decoder.h"

#include <algorithm>

namespace sockeye {

namespace {
constexpr qint64 mostUntold = 64 * 1024; // bytes without a row while a beginning is sought
} // namespace

StreamDecoder::StreamDecoder(ProtocolPtr protocol, const Limits& limits, Start start)
    : m_protocol(std::move(protocol))
    , m_limits(limits)
    , m_seeking(start == Start::Midway)
{
    if (!m_seeking) {
        m_framing = m_protocol->newFraming(limits);
    }
}

void StreamDecoder::join(const std::shared_ptr<Dialogue>& dialogue)
{
    m_dialogue = dialogue;
    if (m_framing && m_dialogue) {
        m_framing->join(m_dialogue, false);
    }
}

std::optional<StreamDecoder::Bad> StreamDecoder::feed(QByteArrayView bytes, Frames& out, qint64 time)
{
    m_lastTime = time;
    if (m_seeking) {
        bytes = findBeginning(bytes);
    }
    m_end += bytes.size();
    if (!m_framing) {
        return std::nullopt; // told at the end: rows stay as they are once they are there
    }
    const std::size_t firstNew = out.size();
    m_framing->feed(bytes, out);
    return collect(firstNew, out);
}

qint64 StreamDecoder::silentAt() const
{
    constexpr qint64 perMillisecond = 1'000'000;
    const int patience = m_framing ? m_framing->patience() : 0;
    return patience > 0 && m_framing->progress().isWithin() ? m_lastTime + patience * perMillisecond : 0;
}

void StreamDecoder::silence(Frames& out)
{
    if (m_framing) {
        const std::size_t firstNew = out.size();
        m_framing->silence(out);
        (void)collect(firstNew, out); // a message that ends well is no error
    }
}

QByteArrayView StreamDecoder::findBeginning(QByteArrayView bytes)
{
    if (m_toSkip > 0) {
        const auto passed = static_cast<qsizetype>(std::min<qint64>(m_toSkip, bytes.size()));
        m_toSkip -= passed;
        m_end += passed;
        if (m_toSkip == 0) {
            begin();
        }
        return bytes.sliced(passed);
    }
    if (m_protocol->mayBegin(bytes)) {
        begin();
        m_guessed = true;
    } else if (m_end - m_covered > mostUntold) {
        m_skipped = rest(std::nullopt);
    }
    return bytes;
}

void StreamDecoder::begin()
{
    m_skipped = rest(std::nullopt);
    m_seeking = false;
    m_guessed = false;
    m_base = m_end;
    m_framing = m_protocol->newFraming(m_limits);
    if (m_dialogue) {
        m_framing->join(m_dialogue, true);
    }
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
    const Progress before = progress();
    const qint64 toSkip = m_seeking ? m_toSkip : before.last ? before.missing() : 0;
    std::optional<Bad> bad = finish(out);
    if (bad) {
        bad->gap = true;
    }
    m_finished = false;
    m_end += size;
    m_covered = m_end;
    m_seeking = true;
    m_toSkip = std::max<qint64>(toSkip - size, 0);
    if (toSkip == size) {
        begin();
    }
    return bad;
}

std::optional<StreamDecoder::Bad> StreamDecoder::collect(std::size_t firstNew, Frames& out)
{
    for (std::size_t i = firstNew; i < out.size(); ++i) {
        out[i].offset += m_base;
    }
    if (out.size() > firstNew) {
        m_covered = out.back().end();
        m_guessed = false;
    }
    if (!m_framing->error()) {
        return std::nullopt;
    }
    Error error = *m_framing->error();
    error.offset += m_base;
    m_framing.reset();
    if (m_guessed && !m_finished) {
        m_seeking = true; // it was none: its bytes belong to what is passed over
        return std::nullopt;
    }
    return rest(std::move(error));
}

std::optional<StreamDecoder::Bad> StreamDecoder::rest(std::optional<Error> error)
{
    if (!error && m_covered == m_end) {
        return std::nullopt;
    }
    Bad bad { m_covered, m_end - m_covered, std::move(error), m_seeking };
    m_covered = m_end;
    return bad;
}

Progress StreamDecoder::progress() const
{
    if (!m_framing) {
        Progress progress;
        progress.part = m_finished || m_seeking ? Progress::between : Progress::failed;
        progress.messageOffset = m_covered;
        return progress;
    }
    Progress progress = m_framing->progress();
    progress.messageOffset += m_base;
    return progress;
}

} // namespace sockeye
