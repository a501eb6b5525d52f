// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sendlist/list_complaints.h"

#include "ui/sendlist/send_list_model.h"

#include <algorithm>

namespace sockeye {

namespace {
constexpr int mostLinesSeen = 3; ///< of what is wrong, at once
}

ListComplaints::ListComplaints(QWidget* parent)
    : QListWidget(parent)
{
    setAccessibleName(tr("What is wrong"));
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideRight);
    hide();
    const auto choose = [this](const QListWidgetItem* item) { Q_EMIT rowChosen(m_rows.value(row(item), -1)); };
    connect(this, &QListWidget::itemActivated, this, choose);
    connect(this, &QListWidget::itemClicked, this, choose);
}

void ListComplaints::show(const SendListModel& model)
{
    QStringList lines;
    m_rows.clear();
    for (int row = 0; row < model.rowCount(); ++row) {
        for (const QString& complaint : model.complaints(row)) {
            lines.append(tr("%1 (%2): %3").arg(QString::number(row + 1), model.title(row), complaint));
            m_rows.append(row);
        }
    }
    if (lines == m_shown) {
        return; // it may be asked for thirty times a second
    }
    m_shown = lines;
    clear();
    addItems(lines);
    for (int line = 0; line < count(); ++line) {
        item(line)->setToolTip(lines.at(line));
    }
    const int seen = std::min(count(), mostLinesSeen);
    setFixedHeight(seen * std::max(1, sizeHintForRow(0)) + 2 * frameWidth());
    setVisible(seen > 0);
}

} // namespace sockeye
