// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ways to look at the messages, and what of them is remembered.

#include "ui/filter/filter_bar.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/lanes/lanes_panel.h"
#include "ui/latency/latency_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"

#include <QButtonGroup>
#include <QHeaderView>
#include <QJsonObject>
#include <QSplitter>
#include <QToolButton>

namespace sockeye {

namespace {

constexpr int leastTableLines = 5; ///< under another view: where there is room for less, there is no table

} // namespace

void MessagesPanel::showLanes(bool shown)
{
    showView(shown ? MessagesView::Lanes : MessagesView::Table);
}

void MessagesPanel::addView(MessagesView view, const QString& text, const QString& toolTip)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_viewButtons->addButton(button, static_cast<int>(view));
}

QAbstractButton* MessagesPanel::viewButton(MessagesView view) const
{
    return m_viewButtons->button(static_cast<int>(view));
}

void MessagesPanel::showView(MessagesView view)
{
    viewButton(view)->setChecked(true);
}

MessagesView MessagesPanel::view() const
{
    return static_cast<MessagesView>(m_viewButtons->checkedId());
}

void MessagesPanel::selectFromView(const MessageRef& message)
{
    m_wantedRow = -1;
    m_model->takeNew();
    const int row = m_model->rowOf(message.row);
    if (row >= 0) {
        m_table->goToRow(row);
        return;
    }
    m_table->selectionModel()->clear(); // it is filtered out
    m_hidden = message;
    Q_EMIT currentMessageChanged();
}

void MessagesPanel::arrangeViews()
{
    const MessagesView shown = view();
    QWidget* const other = shown == MessagesView::Ladder ? static_cast<QWidget*>(m_ladder)
        : shown == MessagesView::Latency                 ? static_cast<QWidget*>(m_latency)
                                                         : m_lanes;
    const int wanted = other->sizeHint().height();
    const int table =
        m_table->horizontalHeader()->sizeHint().height() + fontMetrics().height() * 3 / 2 * leastTableLines;
    m_lanes->setVisible(shown == MessagesView::Lanes);
    m_ladder->setVisible(shown == MessagesView::Ladder);
    m_latency->setVisible(shown == MessagesView::Latency);
    m_table->setVisible(shown == MessagesView::Table || m_views->height() >= wanted + table);
    setFocusProxy(m_table->isHidden() ? other : m_table);
}

QJsonObject MessagesPanel::saveState() const
{
    QJsonObject state = m_table->saveColumns();
    const MessageArrangement& arrangement = m_model->arrangement();
    state.insert(QLatin1StringView("errorsOnly"), arrangement.filter.errorsOnly);
    state.insert(QLatin1StringView("showsLanes"), view() == MessagesView::Lanes);
    state.insert(QLatin1StringView("showsLadder"), view() == MessagesView::Ladder);
    state.insert(QLatin1StringView("showsLatency"), view() == MessagesView::Latency);
    state.insert(QLatin1StringView("latency"), m_latency->saveState());
    state.insert(QLatin1StringView("lanes"), m_lanes->saveState());
    if (!m_filterBar->filter().isEmpty()) {
        state.insert(QLatin1StringView("filter"), m_filterBar->filter().text());
    }
    if (arrangement.sorted) {
        state.insert(QLatin1StringView("sortedBy"), static_cast<int>(arrangement.column));
        state.insert(QLatin1StringView("descending"), arrangement.order == Qt::DescendingOrder);
    }
    return state;
}

void MessagesPanel::restoreState(const QJsonObject& state)
{
    m_table->restoreColumns(state);
    m_errorsOnly->setChecked(state.value(QLatin1StringView("errorsOnly")).toBool());
    m_lanes->restoreState(state.value(QLatin1StringView("lanes")).toObject());
    m_latency->restoreState(state.value(QLatin1StringView("latency")).toObject());
    const bool ladder = state.value(QLatin1StringView("showsLadder")).toBool();
    const bool latency = state.value(QLatin1StringView("showsLatency")).toBool();
    const bool lanes = state.value(QLatin1StringView("showsLanes")).toBool();
    showView(ladder   ? MessagesView::Ladder
            : latency ? MessagesView::Latency
            : lanes   ? MessagesView::Lanes
                      : MessagesView::Table);
    m_filterBar->setText(state.value(QLatin1StringView("filter")).toString());
    const int column = state.value(QLatin1StringView("sortedBy")).toInt(-1);
    if (column >= 0 && column < messageColumnCount) {
        const bool descending = state.value(QLatin1StringView("descending")).toBool();
        m_table->sortBy(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

} // namespace sockeye
