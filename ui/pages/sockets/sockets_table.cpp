// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/sockets/sockets_table.h"

#include "ui/pages/sockets/sockets_model.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

SocketsTable::SocketsTable(QWidget* parent)
    : DenseTable(parent)
    , m_model(new SocketsModel(this))
{
    setModel(m_model);
    setAccessibleName(tr("Sockets"));
    setSelectionMode(ExtendedSelection);
    // Queues of Unix sockets hold megabytes; names get the room that is left.
    setSampleTexts({ QStringLiteral("u_dgr"), QStringLiteral("00,000,000"), QStringLiteral("00,000,000"),
        QStringLiteral("127.0.0.1:65535"), QStringLiteral("127.0.0.1:65535"), QStringLiteral("ESTABLISHED") });
    setNameColumns({ int(SocketColumn::Local), int(SocketColumn::Foreign) }, QStringLiteral("sockeye-cli (0000000)"));
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSortIndicatorShown(true);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &SocketsTable::titleClicked);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SocketsTable::currentSocketChanged);
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void SocketsTable::setRows(const std::vector<SocketRow>& rows)
{
    // What stays in its place: the current socket where it is seen, or else the one at the top.
    const int top = verticalScrollBar()->value();
    const int shown = viewport()->height() / std::max(1, verticalHeader()->defaultSectionSize());
    const int current = currentIndex().row();
    const bool currentIsSeen = current >= top && current < top + shown;
    const QPersistentModelIndex anchor(m_model->index(currentIsSeen ? current : top, 0));
    const int below = anchor.isValid() ? anchor.row() - top : 0;
    const bool atTop = top == 0 && !currentIsSeen;

    m_model->setRows(rows);
    executeDelayedItemsLayout(); // or the scroll bar would know the old number of rows
    updateGeometries();
    if (anchor.isValid() && !atTop) {
        verticalScrollBar()->setValue(anchor.row() - below);
    } else if (atTop) {
        verticalScrollBar()->setValue(0);
    }
    Q_EMIT currentSocketChanged();
}

const SocketRow* SocketsTable::currentSocket() const
{
    const QModelIndex current = currentIndex();
    return current.isValid() && selectionModel()->isRowSelected(current.row()) ? &m_model->row(current.row()) : nullptr;
}

QString SocketsTable::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList cells;
        for (int column = 0; column < socketColumnCount; ++column) {
            cells.append(row.siblingAtColumn(column).data().toString());
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

void SocketsTable::showOrder(SocketColumn column, bool descending)
{
    m_column = column;
    m_descending = descending;
    horizontalHeader()->setSortIndicator(int(column), descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void SocketsTable::titleClicked(int column)
{
    const auto clicked = static_cast<SocketColumn>(column);
    const bool descending = clicked == m_column && !m_descending;
    showOrder(clicked, descending);
    Q_EMIT orderWanted(clicked, descending);
}

} // namespace sockeye
