// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/yielding_columns.h"

#include "ui/connections/connection_columns.h"
#include "ui/widgets/dense_table.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int leastOfWaiting = 20; ///< characters of what a connection waits for that are always seen

/// In this order; nobody else hides them.
constexpr ConnectionColumn yieldingColumns[] { ConnectionColumn::Rate, ConnectionColumn::Age, ConnectionColumn::Out,
    ConnectionColumn::In };

} // namespace

bool YieldingColumns::isOne(int column)
{
    return std::ranges::find(yieldingColumns, static_cast<ConnectionColumn>(column)) != std::end(yieldingColumns);
}

void YieldingColumns::fit()
{
    int wanted = m_table.fontMetrics().averageCharWidth() * leastOfWaiting;
    for (int column = 0; column < connectionColumnCount; ++column) {
        if (column != int(ConnectionColumn::Waiting)) {
            wanted += isOne(column) ? m_table.shownWidth(column) : m_table.leastColumnWidth(column);
        }
    }
    const int room = m_table.viewport()->width();
    for (const ConnectionColumn column : yieldingColumns) {
        const bool yields = wanted > room;
        wanted -= yields ? m_table.shownWidth(int(column)) : 0;
        m_table.setColumnHidden(int(column), yields);
    }
    m_table.fitNames();
}

} // namespace sockeye
