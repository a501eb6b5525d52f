// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connections/kernel_columns.h"

#include "app/system/kernel_watch.h"
#include "ui/connections/connections_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dense_table.h"

#include <QHeaderView>
#include <QMenu>
#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int kernelColumnsInterval = 333; // ms
constexpr int firstColumn = int(ConnectionColumn::ReceiveQueue);
constexpr int endColumn = int(ConnectionColumn::TcpState) + 1;
constexpr int cellPadding = 8;
constexpr int waitingCharacters = 28; ///< of what a connection waits for: it has at least so much room

bool isShownAtFirst(int column)
{
    return column == int(ConnectionColumn::ReceiveQueue) || column == int(ConnectionColumn::SendQueue);
}

} // namespace

KernelColumns::KernelColumns(DenseTable& table, ConnectionsModel& model, QObject* parent)
    : QObject(parent)
    , m_table(table)
    , m_model(model)
    , m_others(table)
    , m_watch(new KernelWatch(this))
    , m_menu(new QMenu(&table))
{
    QHeaderView* header = table.horizontalHeader();
    // What a connection waits for stays the last one and takes what is left.
    for (int column = firstColumn; column < endColumn; ++column) {
        header->moveSection(header->visualIndex(column), header->visualIndex(int(ConnectionColumn::Waiting)));
    }
    buildMenu();
    // The header's own stretching of the last section loses count of sections that are moved and hidden.
    header->setStretchLastSection(false);
    header->setSectionResizeMode(int(ConnectionColumn::Waiting), QHeaderView::Stretch);
    showColumns();
    fitToFont();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
        [this, header](const QPoint& position) { m_menu->popup(header->mapToGlobal(position)); });
    table.viewport()->installEventFilter(this);
    connect(&Theme::instance(), &Theme::changed, this, &KernelColumns::fitToFont);
    connect(m_watch, &KernelWatch::sampled, &m_model, &ConnectionsModel::setKernelFacts);
    m_timer.start(kernelColumnsInterval, this);
}

void KernelColumns::buildMenu()
{
    const auto add = [this](int column) {
        QAction* action = m_menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(isShownAtFirst(column));
        action->setToolTip(m_model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        action->setData(column);
        connect(action, &QAction::toggled, this, &KernelColumns::showColumns);
    };
    // What the connection is waiting for tells more than how many messages it had, and there is no room for both beside
    // the queues.
    add(int(ConnectionColumn::Messages));
    for (int column = firstColumn; column < endColumn; ++column) {
        add(column);
    }
    m_menu->setToolTipsVisible(true);
}

void KernelColumns::showColumns()
{
    const bool leavesOutQueues = m_live && !isChosen() && !hasRoomForQueues();
    for (const QAction* action : m_menu->actions()) {
        const int column = action->data().toInt();
        const bool ofFile = !isKernelColumn(static_cast<ConnectionColumn>(column));
        const bool leftOut = leavesOutQueues && isShownAtFirst(column);
        m_table.setColumnHidden(column, m_live ? !action->isChecked() || leftOut : !ofFile);
    }
    m_others.fit();
}

bool KernelColumns::isChosen() const
{
    const QList<QAction*> columns = m_menu->actions();
    return std::ranges::any_of(
        columns, [](const QAction* action) { return action->isChecked() != isShownAtFirst(action->data().toInt()); });
}

bool KernelColumns::hasRoomForQueues() const
{
    int wanted = m_table.fontMetrics().averageCharWidth() * waitingCharacters;
    for (int column = 0; column < connectionColumnCount; ++column) {
        if (column != int(ConnectionColumn::Waiting)) {
            wanted += isShownAtFirst(column)     ? fittingWidth(column)
                : YieldingColumns::isOne(column) ? m_table.shownWidth(column)
                                                 : m_table.leastColumnWidth(column);
        }
    }
    return wanted <= m_table.viewport()->width();
}

void KernelColumns::fitToFont()
{
    for (int column = firstColumn; column < endColumn; ++column) {
        m_table.setColumnWidth(column, fittingWidth(column));
    }
}

int KernelColumns::fittingWidth(int column) const
{
    const bool isState = column == int(ConnectionColumn::TcpState);
    const QString sample = isState ? QStringLiteral("ESTABLISHED") : QStringLiteral("000,000");
    const int title =
        m_table.horizontalHeader()->fontMetrics().horizontalAdvance(kernelTitle(ConnectionColumn(column)));
    return std::max(title, m_table.fontMetrics().horizontalAdvance(sample)) + cellPadding;
}

void KernelColumns::setLive(bool live)
{
    m_live = live;
    showColumns();
    if (live) {
        m_timer.start(kernelColumnsInterval, this);
    } else {
        m_timer.stop();
    }
}

QJsonArray KernelColumns::saveState() const
{
    QJsonArray shown;
    for (const QAction* action : m_menu->actions()) {
        if (action->isChecked()) {
            shown.append(action->data().toInt());
        }
    }
    return shown;
}

void KernelColumns::restoreState(const QJsonArray& shown)
{
    for (QAction* action : m_menu->actions()) {
        action->setChecked(shown.contains(action->data().toInt()));
    }
}

void KernelColumns::look()
{
    const int rows = m_model.rowCount();
    if (!m_table.isVisible() || rows == 0 || !tellsKernelFacts()) {
        return;
    }
    const int first = std::max(0, m_table.rowAt(0));
    const int below = m_table.rowAt(m_table.viewport()->height() - 1);
    const int last = below >= 0 ? below : rows - 1;
    std::vector<KernelWatch::Target> targets;
    const auto add = [&](int row) {
        const ConnectionEntry& entry = m_model.entry(row);
        if (entry.isOpen() && entry.record.facts.transport == Transport::Tcp) {
            targets.push_back({ entry.record.id, { entry.record.facts.local, entry.record.facts.peer } });
        }
    };
    const int current = m_table.currentIndex().row();
    if (current >= 0 && current < rows && (current < first || current > last)) {
        add(current); // its line below the table counts on it
    }
    for (int row = first; row <= last; ++row) {
        add(row);
    }
    m_watch->look(targets);
}

bool KernelColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        showColumns();
    }
    return QObject::eventFilter(watched, event);
}

void KernelColumns::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        look();
    }
}

} // namespace sockeye
