// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_table.h"

#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "ui/messages/messages_model.h"
#include "ui/text/display_text.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolButton>

namespace sockeye {

MessagesTable::MessagesTable(MessagesModel* model, QWidget* parent)
    : DenseTable(parent)
    , m_model(model)
    , m_followButton(new QToolButton(viewport()))
{
    setModel(model);
    setAccessibleName(tr("Messages"));
    setSelectionMode(ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSampleTexts(
        { QStringLiteral("0000.000000"), QStringLiteral("#00000"), tr("→ out "), QStringLiteral("00,000,000"),
            tr("binary"), QString(), QStringLiteral("00.00 ms"), tr("rule 10"), QStringLiteral("latency_2") });
    for (int place = 0; place < messageColumnCount; ++place) {
        const int section = static_cast<int>(shownColumns.at(static_cast<std::size_t>(place)));
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(section), place);
    }
    showRules();
    connect(model, &MessagesModel::countsChanged, this, &MessagesTable::showRules);
    connect(model, &QAbstractItemModel::modelReset, this, &MessagesTable::showRules);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSortIndicatorShown(false);

    m_followButton->setObjectName(QStringLiteral("followButton"));
    m_followButton->setFocusPolicy(Qt::NoFocus);
    m_followButton->setCursor(Qt::ArrowCursor);
    m_followButton->setAutoRaise(false);
    m_followButton->hide();

    connect(m_followButton, &QToolButton::clicked, this, &MessagesTable::follow);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &MessagesTable::titleClicked);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MessagesTable::scrolled);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessagesTable::selected);
    connect(model, &QAbstractItemModel::rowsInserted, this, &MessagesTable::rowsArrived);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &MessagesTable::keepPlace);
    connect(model, &QAbstractItemModel::modelReset, this, &MessagesTable::returnToPlace);
    connect(model, &MessagesModel::countsChanged, this, &MessagesTable::updateFollowButton);
}

/// The columns are there once some message has met a rule, or was struck.
void MessagesTable::showRules()
{
    const std::shared_ptr<Capture>& capture = m_model->capture();
    setColumnHidden(static_cast<int>(MessageColumn::Rule), !capture || capture->ruleHits().isEmpty());
    setColumnHidden(static_cast<int>(MessageColumn::Fault), !capture || capture->strikes().isEmpty());
}

void MessagesTable::keepPlace()
{
    m_keptRow = m_model->captureRow(currentIndex().row());
    m_keptFollowing = m_following;
    m_moving = true; // until returnToPlace(): the view loses its place by itself
}

void MessagesTable::returnToPlace()
{
    const int row = m_model->rowOf(m_keptRow);
    if (row >= 0) {
        selectionModel()->setCurrentIndex(
            m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    m_following = m_keptFollowing && !m_model->arrangement().sorted;
    m_seenRows = m_model->rowCount();
    if (m_following) {
        scrollToBottom();
    } else if (row >= 0) {
        scrollTo(m_model->index(row, 0), PositionAtCenter);
    }
    m_moving = false;
    updateFollowButton();
}

void MessagesTable::rowsArrived()
{
    if (m_following) {
        const QScopedValueRollback<bool> moving(m_moving, true);
        scrollToBottom();
        m_seenRows = m_model->rowCount();
    }
    updateFollowButton();
}

void MessagesTable::scrolled(int value)
{
    if (m_moving) {
        return;
    }
    const bool atEnd = value >= verticalScrollBar()->maximum();
    if (atEnd && !m_model->arrangement().sorted) {
        m_following = true;
        m_seenRows = m_model->rowCount();
    } else if (!atEnd) {
        stopFollowing();
    }
    updateFollowButton();
}

void MessagesTable::selected(const QModelIndex& current)
{
    if (!m_moving && current.isValid() && current.row() < m_model->rowCount() - 1) {
        stopFollowing();
        updateFollowButton();
    }
}

void MessagesTable::stopFollowing()
{
    if (m_following) {
        m_following = false;
        m_seenRows = m_model->rowCount();
    }
}

void MessagesTable::follow()
{
    if (m_model->arrangement().sorted) {
        m_model->takeWaiting();
        return;
    }
    m_following = true;
    rowsArrived();
}

qsizetype MessagesTable::newRows() const
{
    if (m_model->arrangement().sorted) {
        return m_model->waiting();
    }
    return m_following ? 0 : m_model->rowCount() - m_seenRows;
}

void MessagesTable::selectRow(int row)
{
    const QScopedValueRollback<bool> moving(m_moving, true);
    const QModelIndex index = m_model->index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void MessagesTable::goToRow(int row)
{
    selectRow(row);
    selected(currentIndex());
}

void MessagesTable::updateFollowButton()
{
    const qsizetype count = newRows();
    if (count <= 0) {
        m_followButton->hide();
        return;
    }
    if (m_model->arrangement().sorted) {
        m_followButton->setText(tr("%1 new: sort them in").arg(groupedNumber(count)));
        m_followButton->setToolTip(tr("New messages wait, so that the rows you read stay where they are"));
    } else {
        m_followButton->setText(tr("%1 new ↓").arg(groupedNumber(count)));
        m_followButton->setToolTip(tr("Go to the newest message and follow (End)"));
    }
    m_followButton->adjustSize();
    constexpr int margin = 8;
    m_followButton->move(viewport()->width() - m_followButton->width() - margin,
        viewport()->height() - m_followButton->height() - margin);
    m_followButton->show();
}

void MessagesTable::keyPressEvent(QKeyEvent* event)
{
    // Rows are what matters here: with or without Ctrl, End is the newest message and Home the first one. (Qt's own
    // Ctrl+End goes to the first row while none is selected.)
    const bool plain = (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier)) == 0;
    if (plain && event->key() == Qt::Key_End && m_model->rowCount() > 0) {
        follow();
        selectRow(m_model->rowCount() - 1);
    } else if (plain && event->key() == Qt::Key_Home && m_model->rowCount() > 0) {
        goToRow(0);
    } else {
        DenseTable::keyPressEvent(event);
    }
}

void MessagesTable::resizeEvent(QResizeEvent* event)
{
    const QScopedValueRollback<bool> moving(m_moving, true);
    DenseTable::resizeEvent(event);
    if (m_following) {
        scrollToBottom();
    }
    updateFollowButton();
}

void MessagesTable::titleClicked(int column)
{
    const MessageArrangement& now = m_model->arrangement();
    const bool same = now.sorted && static_cast<int>(now.column) == column;
    if (!same) {
        // The table stands in ascending order of time already: the first click on it turns it round.
        const bool isTime = static_cast<MessageColumn>(column) == MessageColumn::Time;
        sortBy(column, isTime ? Qt::DescendingOrder : Qt::AscendingOrder);
    } else if (now.order == Qt::AscendingOrder) {
        sortBy(column, Qt::DescendingOrder);
    } else {
        clearSort();
    }
}

void MessagesTable::sortBy(int column, Qt::SortOrder order)
{
    MessageArrangement arrangement = m_model->arrangement();
    arrangement.sorted = true;
    arrangement.column = static_cast<MessageColumn>(column);
    arrangement.order = order;
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicator(column, order);
    m_model->arrange(arrangement);
}

void MessagesTable::clearSort()
{
    MessageArrangement arrangement;
    arrangement.filter = m_model->arrangement().filter;
    horizontalHeader()->setSortIndicatorShown(false);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_model->arrange(arrangement);
}

} // namespace sockeye
