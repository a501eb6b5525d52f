// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/framing/receive_buffer.h"

#include <cstring>

namespace sockeye {

namespace {

constexpr qsizetype firstCapacity = 4096;
constexpr qsizetype idleCapacity = 64 * 1024; // what an empty buffer may hold on to

} // namespace

void ReceiveBuffer::append(QByteArrayView bytes)
{
    if (!bytes.isEmpty()) {
        std::memcpy(reserve(bytes.size()), bytes.data(), static_cast<size_t>(bytes.size()));
        commit(bytes.size());
    }
}

char* ReceiveBuffer::reserve(qsizetype size)
{
    if (m_storage.size() - m_used < size) {
        const qsizetype live = m_used - m_head;
        if (m_head > live && m_storage.size() - live >= size) {
            // More than half is dead: moving the rest costs less than what was received since the last time.
            std::memmove(m_storage.data(), m_storage.data() + m_head, static_cast<size_t>(live));
        } else {
            const qsizetype needed = live + size;
            QByteArray grown(
                qMax(qMax(needed, firstCapacity), qMin(2 * m_storage.size(), 2 * needed)), Qt::Uninitialized);
            if (live > 0) {
                std::memcpy(grown.data(), m_storage.constData() + m_head, static_cast<size_t>(live));
            }
            m_storage = std::move(grown);
        }
        m_head = 0;
        m_used = live;
    }
    return m_storage.data() + m_used;
}

void ReceiveBuffer::commit(qsizetype size)
{
    m_used += qBound<qsizetype>(0, size, m_storage.size() - m_used);
}

QByteArrayView ReceiveBuffer::view(qint64 offset, qint64 size) const
{
    if (offset < m_begin || size <= 0 || offset > end() || size > end() - offset) {
        return {};
    }
    return QByteArrayView(m_storage).sliced(
        m_head + static_cast<qsizetype>(offset - m_begin), static_cast<qsizetype>(size));
}

void ReceiveBuffer::discardBefore(qint64 offset)
{
    const qint64 dead = qMin(offset, end()) - m_begin;
    if (dead <= 0) {
        return;
    }
    m_begin += dead;
    m_head += static_cast<qsizetype>(dead);
    if (m_head == m_used) {
        m_head = 0;
        m_used = 0;
        if (m_storage.size() > idleCapacity) {
            m_storage = {};
        }
    }
}

} // namespace sockeye
