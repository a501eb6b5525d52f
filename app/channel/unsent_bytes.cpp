// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/unsent_bytes.h"

namespace sockeye {

void UnsentBytes::discard(qsizetype size)
{
    m_head += size;
    if (m_head >= m_bytes.size()) {
        clear();
    } else if (m_head > m_bytes.size() / 2) {
        m_bytes.remove(0, m_head);
        m_head = 0;
    }
}

void UnsentBytes::clear()
{
    m_bytes = {};
    m_head = 0;
}

} // namespace sockeye
