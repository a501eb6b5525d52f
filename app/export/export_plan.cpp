// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/export_plan.h"

#include <algorithm>

namespace sockeye {

ExportPlan::ExportPlan(const Capture& capture, const RowChoice& choice, ExportControl& control)
    : m_spans(captureSpans(choice, capture.messageCount()))
{
    for (const RowSpan& span : m_spans) {
        for (qsizetype row = span.begin; row < span.end && !control.isCancelled(); ++row) {
            take(capture, row);
        }
    }
    control.setTotal(m_bytes + m_rows * rowCost);
}

void ExportPlan::take(const Capture& capture, qsizetype row)
{
    const MessageRecord record = capture.message(row);
    ++m_rows;
    m_bytes += record.size;
    const auto [place, added] = m_conversations.try_emplace(record.connection);
    Conversation& conversation = place->second;
    if (added) {
        if (const std::optional<ConnectionRecord> known = capture.connection(record.connection)) {
            conversation.facts = known->facts;
            conversation.tls = known->tls;
            conversation.known = true;
            conversation.closed = known->closedAt != 0;
            conversation.closeKind = known->closeKind;
        }
    }
    conversation.lastRow = row;
    if (record.size > 0) {
        (record.direction == Direction::In ? conversation.hasIn : conversation.hasOut) = true;
    }
}

std::vector<RowSpan> ExportPlan::spansByConnection(const Capture& capture) const
{
    if (m_conversations.size() < 2) {
        return m_spans;
    }
    struct ConnectionRow {
        quint32 connection;
        quint32 row;
    };
    std::vector<ConnectionRow> rows;
    rows.reserve(static_cast<std::size_t>(m_rows));
    for (const RowSpan& span : m_spans) {
        for (qsizetype row = span.begin; row < span.end; ++row) {
            rows.push_back({ capture.message(row).connection, static_cast<quint32>(row) });
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
        [](const ConnectionRow& a, const ConnectionRow& b) { return a.connection < b.connection; });
    std::vector<RowSpan> spans;
    for (const ConnectionRow& each : rows) {
        if (!spans.empty() && spans.back().end == each.row) {
            ++spans.back().end;
        } else {
            spans.push_back({ each.row, qsizetype { each.row } + 1 });
        }
    }
    return spans;
}

const ExportPlan::Conversation& ExportPlan::conversation(quint32 connection) const
{
    static const Conversation none;
    const auto it = m_conversations.find(connection);
    return it == m_conversations.end() ? none : it->second;
}

} // namespace sockeye
