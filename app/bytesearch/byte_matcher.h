// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_needle.h"
#include "app/bytesearch/byte_sieve.h"

#include <QByteArrayView>

#include <array>
#include <functional>

namespace sockeye {

/// A needle, and what makes it quick to find. The C library looks for one byte at many gigabytes a second, so of bytes
/// the one is looked for that is rarest among those that were seen; where that is still frequent, skipping as Horspool
/// does is faster. Shared by the finders of one thread.
class ByteMatcher {
public:
    explicit ByteMatcher(ByteNeedle needle);
    ByteMatcher(const ByteMatcher&) = delete;
    ByteMatcher& operator=(const ByteMatcher&) = delete;

    [[nodiscard]] const ByteNeedle& needle() const { return m_needle; }
    /// A match of an expression ends after so many bytes; each finder holds up to twice as many.
    [[nodiscard]] qsizetype reach() const { return m_reach; }
    void setReach(qsizetype bytes) { m_reach = bytes; }

    /// Of an expression. False: it is nowhere in there; else it may be.
    [[nodiscard]] bool mayBeIn(QByteArrayView bytes);

    // Of a needle of bytes.
    void learn(QByteArrayView bytes); ///< that are looked at
    [[nodiscard]] qsizetype find(QByteArrayView in, qsizetype from) const; ///< -1: nowhere
    /// Where a match could begin that goes on behind `in`, at `from` or later; in.size(): nowhere.
    [[nodiscard]] qsizetype begun(QByteArrayView in, qsizetype from) const;

private:
    void choose();

    const ByteNeedle m_needle;
    std::unique_ptr<ByteSieve> m_sieve; ///< null before the first question, or without one
    bool m_wantsSieve = true;
    const std::boyer_moore_horspool_searcher<QByteArray::const_iterator> m_searcher;
    qsizetype m_reach = ByteNeedle::longestMatch;
    std::array<qsizetype, 256> m_counts {}; ///< in the present sample
    qsizetype m_sampled = 0; ///< bytes
    qsizetype m_chooseAt; ///< so many bytes of the sample
    qsizetype m_pause = 0; ///< bytes until the next sample
    qsizetype m_rarest = 0; ///< in the needle
    bool m_isFrequent = true;
};

} // namespace sockeye
