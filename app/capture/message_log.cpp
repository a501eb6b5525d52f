// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/message_log.h"

namespace sockeye {

void MessageLog::append(MessageRecord record, const QString& text)
{
    if (!text.isEmpty()) {
        const std::lock_guard lock(m_mutex);
        m_texts.push_back(text);
        record.text = static_cast<quint32>(m_texts.size());
    }
    m_rows.append(record);
}

QString MessageLog::text(quint32 index) const
{
    const std::lock_guard lock(m_mutex);
    return index == 0 || index > m_texts.size() ? QString() : m_texts[index - 1];
}

} // namespace sockeye
