// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_matcher.h"

#include <QByteArrayView>

#include <functional>

namespace sockeye {

/// Finds a needle in the bytes of one stream that come piece by piece, however they are cut: from the left to the
/// right, and where matches share bytes only the first of them. Bytes are found exactly, and next to nothing is kept
/// between pieces. A regular expression sees the bytes through a window: matches of up to ByteMatcher::reach() bytes
/// are those of the whole, and longer ones end there.
class ByteFinder {
public:
    explicit ByteFinder(ByteMatcher& matcher) ///< outlives this
        : m_matcher(&matcher)
    {
    }

    /// Tells `offset`, in all that came since begin(), and size of each match; false: no more are wanted.
    using Found = std::function<bool(qint64 offset, qsizetype size)>;
    /// Whatever comes next has nothing to do with what came before, and begins at that offset.
    void begin(qint64 offset);
    /// The next bytes; `isLast`: nothing follows them. False if no more were wanted.
    bool add(QByteArrayView bytes, bool isLast, const Found& found);
    /// Tells matches in what came so far, as if nothing followed. What follows may make the last one longer: it is not
    /// told again.
    bool lookSoFar(const Found& found);
    [[nodiscard]] qsizetype held() const { return m_window.size(); } ///< bytes

private:
    bool addToBytes(QByteArrayView bytes, const Found& found);
    bool findBytes(QByteArrayView window, qsizetype& from, const Found& found);
    bool addToPattern(QByteArrayView bytes, bool isLast, const Found& found);
    bool findPattern(QByteArrayView window, qsizetype sure, bool isSoFar, const Found& found);

    ByteMatcher* m_matcher;
    QByteArray m_window; ///< what a match could begin in; of an expression behind one byte, which it may ask for
    qint64 m_offset = 0; ///< of m_window's first byte
    qsizetype m_from = 0; ///< in m_window: where to go on looking
    qsizetype m_soFar = 0; ///< lookSoFar() has seen so much of m_window
    qint64 m_told = -1; ///< where the last match began
};

} // namespace sockeye
