// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/message_log.h"

#include <optional>

namespace sockeye {

void MessageLog::append(MessageRecord record, const QString& text, const RecordFault& fault)
{
    if (!text.isEmpty()) {
        const std::lock_guard lock(m_mutex);
        m_texts.push_back({ text, fault });
        record.text = static_cast<quint32>(m_texts.size());
    }
    if (const std::optional<PackedRecord> packed = PackedRecord::of(record)) {
        m_rows.append(*packed);
        return;
    }
    m_rows.append(PackedRecord::standIn(m_wideCount++));
    m_wide.append(record);
}

MessageRecord MessageLog::at(qsizetype row) const
{
    if (row < 0 || row >= m_rows.count()) {
        return {};
    }
    const PackedRecord packed = m_rows.at(row);
    return packed.isStandIn() ? m_wide.at(packed.standsFor()) : packed.record();
}

QString MessageLog::text(quint32 index) const
{
    const std::lock_guard lock(m_mutex);
    return index == 0 || index > m_texts.size() ? QString() : m_texts[index - 1].text;
}

RecordFault MessageLog::fault(quint32 index) const
{
    const std::lock_guard lock(m_mutex);
    return index == 0 || index > m_texts.size() ? RecordFault() : m_texts[index - 1].fault;
}

} // namespace sockeye
