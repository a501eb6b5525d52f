// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// Bytes that wait until the other side makes room for them, in order. Taking them from the front costs an amortized
/// constant per byte, however small the pieces are; when it is empty, it holds no memory.
class UnsentBytes {
public:
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] qsizetype size() const { return m_bytes.size() - m_head; }
    /// All of them; valid until the next call that is not const.
    [[nodiscard]] QByteArrayView view() const { return QByteArrayView(m_bytes).sliced(m_head); }

    void append(QByteArrayView bytes) { m_bytes.append(bytes); }
    void discard(qsizetype size); ///< that many from the front, at most all
    void clear();

private:
    QByteArray m_bytes;
    qsizetype m_head = 0; ///< bytes at the front of m_bytes that are gone
};

} // namespace sockeye
