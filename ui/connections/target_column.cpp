// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/target_column.h"

#include "ui/connections/connection_columns.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QHeaderView>

namespace sockeye {

namespace {
constexpr int targetColumn = int(ConnectionColumn::Target);
constexpr int targetPadding = 12;
} // namespace

TargetColumn::TargetColumn(DenseTable& table, QObject* parent)
    : QObject(parent)
    , m_table(table)
{
    QHeaderView* const header = table.horizontalHeader();
    header->moveSection(header->visualIndex(targetColumn), header->visualIndex(int(ConnectionColumn::Peer)) + 1);
    m_table.setColumnHidden(targetColumn, true);
}

void TargetColumn::show()
{
    m_table.setColumnHidden(targetColumn, false);
    fitToFont();
    connect(&Theme::instance(), &Theme::changed, this, &TargetColumn::fitToFont);
}

void TargetColumn::fitToFont()
{
    m_table.setColumnWidth(
        targetColumn, m_table.fontMetrics().horizontalAdvance(QStringLiteral("127.0.0.1:65535")) + targetPadding);
}

} // namespace sockeye
