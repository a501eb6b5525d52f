// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/file_window.h"

#include <algorithm>

namespace sockeye {

namespace {
constexpr qint64 usual = 128 * 1024;
} // namespace

FileWindow::FileWindow(const ByteStore& store)
    : m_store(store)
{
}

const char* FileWindow::at(qint64 position, qint64 size)
{
    if (position < 0 || size < 0 || size > largest || position > end() - size) {
        return nullptr;
    }
    if (position < m_begin || position + size > m_begin + m_size) {
        const qint64 wanted = std::max(size, std::min(usual, end() - position));
        if (wanted > m_capacity) {
            m_capacity = wanted;
            m_data.reset(new char[static_cast<std::size_t>(m_capacity)]);
        }
        m_begin = position;
        m_size = m_store.read(position, m_data.get(), std::min(m_capacity, end() - position));
        if (m_size < size) {
            return nullptr;
        }
    }
    return m_data.get() + (position - m_begin);
}

} // namespace sockeye
