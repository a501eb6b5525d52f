// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_menu.h"

#include "ui/comparison/comparison_choice.h"
#include "ui/conversation/conversation_window.h"
#include "ui/marks/mark_words.h"
#include "ui/marks/message_marker.h"
#include "ui/messages/message_terms.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_table.h"
#include "ui/sendlist/open_lists.h"
#include "ui/sendlist/send_list_panel.h"

#include <QPointer>

#include <utility>

namespace sockeye {

MessagesMenu::MessagesMenu(
    MessagesTable& table, const MessagesModel& model, int column, std::size_t compared, QWidget* parent)
    : QMenu(parent)
{
    const int row = table.currentIndex().row();
    const MessageRecord record = model.record(row);
    QAction* copy = addAction(tr("Copy rows"), this, &MessagesMenu::copyRowsChosen);
    copy->setEnabled(row >= 0);
    addCopyBytes(row >= 0 && record.size > 0);
    QAction* compare = addAction(ComparisonChoice::instance().actionText(compared), this, &MessagesMenu::compareChosen);
    compare->setEnabled(compared > 0);
    QAction* exportSelected = addAction(tr("Export selected…"), this, &MessagesMenu::exportChosen);
    exportSelected->setEnabled(table.selectionModel()->hasSelection());
    addSendLists(table.selectionModel()->hasSelection());
    addMarks(model, row);
    addSeparator();
    QAction* only = addAction(tr("Show only connection #%1").arg(record.connection), this,
        [this, connection = record.connection] { Q_EMIT connectionChosen(connection); });
    only->setVisible(row >= 0 && record.connection != 0);
    QAction* follow = addAction(tr("Follow conversation #%1").arg(record.connection), this,
        [&table, capture = model.capture(), connection = record.connection] {
            ConversationWindow::open(capture, connection, table.window());
        });
    follow->setVisible(only->isVisible());
    QAction* all = addAction(tr("Show all connections"), this, [this] { Q_EMIT connectionChosen(0); });
    all->setEnabled(model.arrangement().filter.connection != 0);
    addFilters(model, row, column);
    addSorting(table, model);
    addSeparator();
    QAction* newest = addAction(tr("Follow the newest"), &table, &MessagesTable::follow);
    newest->setEnabled(!table.isFollowing() || model.waiting() > 0);
}

void MessagesMenu::addCopyBytes(bool hasBytes)
{
    QMenu* menu = addMenu(tr("Copy bytes as"));
    menu->setEnabled(hasBytes);
    const std::initializer_list<std::pair<QString, ByteForm>> forms = { { tr("Hex"), ByteForm::Hex },
        { tr("C array"), ByteForm::CArray }, { tr("Python bytes"), ByteForm::PythonBytes },
        { tr("Base64"), ByteForm::Base64 }, { tr("Text"), ByteForm::Text } };
    for (const auto& [text, form] : forms) {
        menu->addAction(text, this, [this, chosen = form] { Q_EMIT copyBytesChosen(chosen); });
    }
}

void MessagesMenu::addSendLists(bool hasSelection)
{
    QMenu* menu = addMenu(tr("Add to send list"));
    menu->setEnabled(hasSelection);
    for (SendListPanel* const list : OpenLists::instance().lists()) {
        QAction* action = menu->addAction(
            list->title().replace(u'&', QStringLiteral("&&")), this, [this, chosen = QPointer<SendListPanel>(list)] {
                if (chosen) {
                    Q_EMIT listChosen(chosen);
                }
            });
        action->setEnabled(!list->isRunning());
    }
    if (!menu->isEmpty()) {
        menu->addSeparator();
    }
    menu->addAction(tr("New client with a new list"), this, [this] { Q_EMIT listChosen(nullptr); });
}

void MessagesMenu::addMarks(const MessagesModel& model, int row)
{
    addSeparator();
    const MessageRef message = model.ref(row);
    const bool canMark = MessageMarker::canMark(message);
    const auto mark = MessageMarker::markOf(message);
    addAction(mark ? tr("Unmark") : tr("Mark"), this, &MessagesMenu::markToggled)->setEnabled(canMark);
    QMenu* menu = addMenu(tr("Mark in"));
    menu->setEnabled(canMark);
    for (const MarkColour colour : markColours) {
        QAction* action =
            menu->addAction(markIcon(colour), colourName(colour), this, [this, colour] { Q_EMIT markChosen(colour); });
        action->setCheckable(true);
        action->setChecked(mark && mark->colour == colour);
    }
    addAction(tr("Note…"), this, &MessagesMenu::noteChosen)->setEnabled(canMark);
}

void MessagesMenu::addFilters(const MessagesModel& model, int row, int column)
{
    if (row < 0 || column < 0) {
        return;
    }
    if (const auto term = termOfCell(model.ref(row), static_cast<MessageColumn>(column), model.latency(row))) {
        addSeparator();
        addFilterActions(*this, *term, [this](const QString& test, bool also) { Q_EMIT filterChosen(test, also); });
        addSeparator();
    }
}

void MessagesMenu::addSorting(MessagesTable& table, const MessagesModel& model)
{
    QMenu* menu = addMenu(tr("Sort by"));
    const MessageArrangement& now = model.arrangement();
    QAction* natural = menu->addAction(tr("As it happened"), &table, &MessagesTable::clearSort);
    natural->setCheckable(true);
    natural->setChecked(!now.sorted);
    menu->addSeparator();
    for (const MessageColumn shown : shownColumns) {
        const int column = static_cast<int>(shown);
        const bool isThis = now.sorted && static_cast<int>(now.column) == column;
        const bool turnsRound =
            isThis ? now.order == Qt::AscendingOrder : static_cast<MessageColumn>(column) == MessageColumn::Time;
        QAction* action = menu->addAction(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), &table,
            [view = &table, column, turnsRound] {
                view->sortBy(column, turnsRound ? Qt::DescendingOrder : Qt::AscendingOrder);
            });
        action->setCheckable(true);
        action->setChecked(isThis);
    }
}

} // namespace sockeye
