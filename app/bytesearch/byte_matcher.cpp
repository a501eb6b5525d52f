// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/bytesearch/byte_matcher.h"

#include <algorithm>
#include <cstring>

namespace sockeye {

namespace {

constexpr qsizetype sampleSize = 16 * 1024;
constexpr qsizetype firstChoice = 64; // then each time that there is twice as much
constexpr qsizetype betweenSamples = 1024 * 1024;
// Found more often, a single byte costs more than it tells.
constexpr qsizetype rareEnough = 32;
// Beginnings of the needle that are tried out; needles that begin again and again in themselves have more.
constexpr int mostTries = 16;

} // namespace

ByteMatcher::ByteMatcher(ByteNeedle needle)
    : m_needle(std::move(needle))
    , m_searcher(m_needle.bytes().cbegin(), m_needle.bytes().cend())
    , m_chooseAt(firstChoice)
{
}

void ByteMatcher::learn(QByteArrayView bytes)
{
    if (m_pause > 0) {
        m_pause -= bytes.size();
        return;
    }
    const QByteArrayView sample = bytes.first(std::min(bytes.size(), sampleSize - m_sampled));
    for (const char each : sample) {
        ++m_counts[static_cast<quint8>(each)];
    }
    m_sampled += sample.size();
    if (m_sampled < m_chooseAt) {
        return;
    }
    choose();
    m_chooseAt = std::min(2 * m_sampled, sampleSize);
    if (m_sampled >= sampleSize) {
        m_counts.fill(0);
        m_sampled = 0;
        m_pause = betweenSamples;
    }
}

/// The sieve is made where it is needed, by the thread that looks.
bool ByteMatcher::mayBeIn(QByteArrayView bytes)
{
    if (m_wantsSieve) {
        m_wantsSieve = false;
        m_sieve = ByteSieve::make(m_needle.expression());
    }
    return !m_sieve || m_sieve->mayBeIn(bytes);
}

void ByteMatcher::choose()
{
    const QByteArray& bytes = m_needle.bytes();
    const auto least =
        std::ranges::min_element(bytes, {}, [this](char each) { return m_counts[static_cast<quint8>(each)]; });
    m_rarest = least - bytes.begin();
    m_isFrequent = m_counts[static_cast<quint8>(*least)] > m_sampled / rareEnough;
}

qsizetype ByteMatcher::find(QByteArrayView in, qsizetype from) const
{
    const QByteArray& bytes = m_needle.bytes();
    const qsizetype size = bytes.size();
    if (in.size() - from < size) {
        return -1;
    }
    if (m_isFrequent && size > 1) {
        const auto at = std::search(in.begin() + from, in.end(), m_searcher);
        return at == in.end() ? -1 : at - in.begin();
    }
    const char* at = in.data() + from + m_rarest;
    const char* const end = in.data() + in.size() - (size - 1 - m_rarest); // of where that byte can be
    while (at < end) {
        at = static_cast<const char*>(std::memchr(at, bytes[m_rarest], static_cast<std::size_t>(end - at)));
        if (at == nullptr) {
            return -1;
        }
        if (std::memcmp(at - m_rarest, bytes.constData(), static_cast<std::size_t>(size)) == 0) {
            return at - m_rarest - in.data();
        }
        ++at;
    }
    return -1;
}

qsizetype ByteMatcher::begun(QByteArrayView in, qsizetype from) const
{
    const QByteArray& bytes = m_needle.bytes();
    qsizetype at = std::max(from, in.size() - (bytes.size() - 1));
    for (int tries = 0; at < in.size(); ++at, ++tries) {
        const auto left = static_cast<std::size_t>(in.size() - at);
        const auto* const first = static_cast<const char*>(std::memchr(in.data() + at, bytes[0], left));
        if (first == nullptr) {
            return in.size();
        }
        at = first - in.data();
        const auto common = static_cast<std::size_t>(in.size() - at);
        if (tries == mostTries || std::memcmp(first, bytes.constData(), common) == 0) {
            return at;
        }
    }
    return in.size();
}

} // namespace sockeye
