// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_framing.h"

#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/header_decoder.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/protocols/app/truncated.h"

#include <QtEndian>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype keptCapacity = 4096; // memory for headers that a quiet connection may hold on to

/// Fixed and JSON header together. `bytes` holds the fixed header at least.
qsizetype headersSize(QByteArrayView bytes)
{
    return fixedHeaderSize + qFromBigEndian<quint16>(bytes.data());
}

} // namespace

bool AppFraming::mayBegin(QByteArrayView bytes)
{
    // Two bytes of length that make sense for a JSON object, then its braces as far as they are here.
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    constexpr qsizetype shortestObject = 2;
    if (bytes.size() <= fixedHeaderSize || headersSize(bytes) < fixedHeaderSize + shortestObject) {
        return false;
    }
    const auto json = bytes.sliced(fixedHeaderSize, std::min(headersSize(bytes), bytes.size()) - fixedHeaderSize);
    const auto first = std::find_if_not(json.begin(), json.end(), isSpace);
    if (first == json.end() || *first != '{') {
        return false;
    }
    const auto last = std::find_if_not(json.rbegin(), json.rend(), isSpace);
    return bytes.size() < headersSize(bytes) || *last == '}';
}

AppFraming::AppFraming(const Limits& limits)
    : m_limits(limits)
{
}

qint64 AppFraming::messageOffset() const
{
    return m_frame.detail ? m_frame.offset : m_offset - m_partial.size();
}

void AppFraming::feed(QByteArrayView piece, Frames& out)
{
    while (!piece.isEmpty() && !m_error) {
        if (m_frame.detail) {
            const qint64 taken = qMin<qint64>(m_contentLeft, piece.size());
            m_contentLeft -= taken;
            m_offset += taken;
            piece = piece.sliced(static_cast<qsizetype>(taken));
        } else {
            const qsizetype taken = takeHeader(piece);
            piece = piece.sliced(taken);
        }
        if (m_frame.detail && m_contentLeft == 0) {
            endMessage(out);
        }
    }
}

/// Takes bytes of the fixed or the JSON header from the front of `rest` and says how many.
qsizetype AppFraming::takeHeader(QByteArrayView rest)
{
    if (m_partial.isEmpty() && rest.size() >= fixedHeaderSize) {
        // The usual case: both headers lie in this piece, and are read where they are.
        const qsizetype size = headersSize(rest);
        if (size == fixedHeaderSize || rest.size() >= size) {
            m_offset += size;
            beginContent(rest.first(size));
            return size;
        }
    }
    const qsizetype wanted = m_partial.size() < fixedHeaderSize ? fixedHeaderSize : headersSize(m_partial);
    const qsizetype taken = qMin(wanted - m_partial.size(), rest.size());
    m_partial.append(rest.first(taken));
    m_offset += taken;
    if (m_partial.size() >= fixedHeaderSize && m_partial.size() == headersSize(m_partial)) {
        const QByteArray headers = std::exchange(m_partial, {});
        beginContent(headers);
    }
    return taken;
}

/// `headers` is the fixed and the JSON header of the message, which end at m_offset.
void AppFraming::beginContent(QByteArrayView headers)
{
    const qint64 start = m_offset - headers.size();
    const QByteArrayView json = headers.sliced(fixedHeaderSize);
    if (json.isEmpty()) {
        fail(emptyHeader(start));
        return;
    }
    if (!m_lastDetail || m_lastHeader != json) {
        auto decoded = decodeHeader(json, start + fixedHeaderSize, m_limits);
        if (!decoded) {
            fail(std::move(decoded.error()));
            return;
        }
        m_contentLength = decoded->contentLength;
        m_lastDetail = headerDetail(*std::move(decoded));
        m_lastHeader.resize(0); // keeps the memory
        m_lastHeader.append(json.first(json.size() <= keptCapacity ? json.size() : 0));
    }
    m_frame = Frame { start, headers.size() + m_contentLength, headers.size(), m_lastDetail };
    m_contentLeft = m_contentLength;
}

void AppFraming::endMessage(Frames& out)
{
    out.push_back(std::move(m_frame));
    m_frame = {};
}

void AppFraming::fail(Error error)
{
    m_error = std::move(error);
    m_partial.clear();
    m_frame = {};
}

void AppFraming::finish(Frames& out)
{
    Q_UNUSED(out) // nothing unfinished is a message here
    const Progress now = progress();
    if (now.isWithin()) {
        fail(truncated(now.part, now.have, now.need, m_offset));
    }
}

Progress AppFraming::progress() const
{
    if (m_error) {
        return { Progress::failed, 0, 0, m_error->offset };
    }
    if (m_frame.detail) {
        return { AppPart::Content, m_contentLength - m_contentLeft, m_contentLength, m_frame.offset, true };
    }
    const qsizetype have = m_partial.size();
    if (have == 0) {
        return { Progress::between, 0, 0, m_offset };
    }
    if (have < fixedHeaderSize) {
        return { AppPart::FixedHeader, have, fixedHeaderSize, messageOffset() };
    }
    return { AppPart::JsonHeader, have - fixedHeaderSize, headersSize(m_partial) - fixedHeaderSize, messageOffset() };
}

} // namespace sockeye
