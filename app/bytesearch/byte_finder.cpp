// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_finder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace sockeye {

/// Bytes to look for. The C library looks for one byte at many gigabytes a second, so the one is looked for that is
/// rarest among those that were seen; where that is still frequent, skipping as Horspool does is faster.
struct ByteFinder::Literal {
    explicit Literal(const QByteArray& bytes)
        : needle(bytes)
        , searcher(needle.cbegin(), needle.cend())
    {
    }
    [[nodiscard]] qsizetype find(QByteArrayView in, qsizetype from);
    void learn(QByteArrayView sample);

    const QByteArray needle;
    const std::boyer_moore_horspool_searcher<QByteArray::const_iterator> searcher;
    qsizetype rarest = 0; ///< in the needle
    bool isFrequent = true;
};

namespace {
constexpr qsizetype sampleSize = 16 * 1024;
// Found more often, a single byte costs more than it tells.
constexpr qsizetype rareEnough = 32;
} // namespace

void ByteFinder::Literal::learn(QByteArrayView sample)
{
    std::array<qsizetype, 256> counts {};
    for (const char each : sample.first(std::min(sample.size(), sampleSize))) {
        ++counts[static_cast<quint8>(each)];
    }
    const auto least =
        std::ranges::min_element(needle, {}, [&counts](char each) { return counts[static_cast<quint8>(each)]; });
    rarest = least - needle.begin();
    isFrequent = counts[static_cast<quint8>(*least)] > std::min(sample.size(), sampleSize) / rareEnough;
}

qsizetype ByteFinder::Literal::find(QByteArrayView in, qsizetype from)
{
    const qsizetype size = needle.size();
    if (in.size() - from < size) {
        return -1;
    }
    if (isFrequent && size > 1) {
        const auto at = std::search(in.begin() + from, in.end(), searcher);
        return at == in.end() ? -1 : at - in.begin();
    }
    const char* at = in.data() + from + rarest;
    const char* const end = in.data() + in.size() - (size - 1 - rarest); // of where that byte can be
    while (at < end) {
        at = static_cast<const char*>(std::memchr(at, needle[rarest], static_cast<std::size_t>(end - at)));
        if (at == nullptr) {
            return -1;
        }
        if (std::memcmp(at - rarest, needle.constData(), static_cast<std::size_t>(size)) == 0) {
            return at - rarest - in.data();
        }
        ++at;
    }
    return -1;
}

ByteFinder::ByteFinder(ByteNeedle needle)
    : m_needle(std::move(needle))
    , m_literal(m_needle.isPattern() ? nullptr : std::make_unique<Literal>(m_needle.bytes()))
{
}

ByteFinder::~ByteFinder() = default;

void ByteFinder::begin(qint64 offset)
{
    m_window.resize(0);
    m_offset = offset;
    m_from = 0;
}

bool ByteFinder::add(QByteArrayView bytes, bool isLast, const Found& found)
{
    if (m_window.isEmpty()) {
        // Nothing is kept of most pieces but their ends: they are looked at where they lie.
        if (!look(bytes, isLast, m_from, found)) {
            return false;
        }
    } else {
        m_window.append(bytes);
        bytes = m_window;
        if (!look(bytes, isLast, m_from, found)) {
            return false;
        }
    }
    // Of what an expression sees one byte more: it may ask for what is before it.
    const qsizetype kept = m_literal ? m_from : std::max<qsizetype>(m_from - 1, 0);
    const QByteArray rest = bytes.sliced(kept).toByteArray();
    m_window = rest;
    m_offset += kept;
    m_from -= kept;
    return true;
}

bool ByteFinder::look(QByteArrayView window, bool isLast, qsizetype& from, const Found& found) const
{
    return m_literal ? lookForBytes(window, from, found) : lookForPattern(window, isLast, from, found);
}

bool ByteFinder::lookForBytes(QByteArrayView window, qsizetype& from, const Found& found) const
{
    const qsizetype size = m_needle.bytes().size();
    if (window.size() - from >= size) {
        m_literal->learn(window.sliced(from));
    }
    while (true) {
        const qsizetype at = m_literal->find(window, from);
        if (at < 0) {
            from = std::max(from, window.size() - (size - 1));
            return true;
        }
        from = at + size;
        if (!found(m_offset + at, size)) {
            return false;
        }
    }
}

bool ByteFinder::lookForPattern(QByteArrayView window, bool isLast, qsizetype& from, const Found& found) const
{
    const qsizetype sure = isLast ? window.size() : window.size() - ByteNeedle::longestMatch;
    while (from < sure) {
        const filter::Pattern::Match match = m_needle.pattern().findInBytes(window, from);
        if (match.offset < 0) {
            from = sure;
            return true;
        }
        if (match.offset >= sure) {
            from = std::max(from, sure); // what follows may make it another one
            return true;
        }
        if (match.size == 0) {
            from = match.offset + 1;
            continue;
        }
        const qsizetype size = std::min(match.size, ByteNeedle::longestMatch);
        from = match.offset + size;
        if (!found(m_offset + match.offset, size)) {
            return false;
        }
    }
    return true;
}

} // namespace sockeye
