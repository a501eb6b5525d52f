// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_needle.h"

#include <QByteArrayView>

#include <functional>
#include <memory>

namespace sockeye {

/// Finds a needle in bytes that come piece by piece, however they are cut: from the left to the right, and where
/// matches share bytes only the first of them. Bytes are found exactly. A regular expression sees the bytes through a
/// window: matches of up to ByteNeedle::longestMatch bytes are those of the whole, and longer ones end there.
class ByteFinder {
public:
    explicit ByteFinder(ByteNeedle needle);
    ~ByteFinder();

    /// Tells `offset`, in all that came since begin(), and size of each match; false: no more are wanted.
    using Found = std::function<bool(qint64 offset, qsizetype size)>;
    /// Whatever comes next has nothing to do with what came before, and begins at that offset.
    void begin(qint64 offset);
    /// The next bytes; `isLast`: nothing follows them. False if no more were wanted.
    bool add(QByteArrayView bytes, bool isLast, const Found& found);

private:
    struct Literal;
    [[nodiscard]] bool look(QByteArrayView window, bool isLast, qsizetype& from, const Found& found) const;
    [[nodiscard]] bool lookForBytes(QByteArrayView window, qsizetype& from, const Found& found) const;
    [[nodiscard]] bool lookForPattern(QByteArrayView window, bool isLast, qsizetype& from, const Found& found) const;

    const ByteNeedle m_needle;
    std::unique_ptr<Literal> m_literal; ///< null for a pattern
    QByteArray m_window; ///< bytes that were not looked at to the end, behind one or none that was
    qint64 m_offset = 0; ///< of m_window's first byte
    qsizetype m_from = 0; ///< in m_window: where to go on looking
};

} // namespace sockeye
