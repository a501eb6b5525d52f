// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/mark_actions.h"

#include "ui/marks/mark_words.h"
#include "ui/marks/message_marker.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/page.h"

#include <QAction>
#include <QMenu>

namespace sockeye {

MarkActions::MarkActions(QObject* parent)
    : QObject(parent)
    , m_mark(new QAction(tr("&Mark or unmark"), this))
    , m_colours(new QMenu(tr("Mark &in")))
    , m_note(new QAction(tr("N&ote…"), this))
    , m_next(new QAction(tr("Ne&xt mark"), this))
    , m_previous(new QAction(tr("P&revious mark"), this))
    , m_list(new QAction(tr("M&arks"), this))
{
    connect(this, &QObject::destroyed, m_colours, &QObject::deleteLater);
    m_mark->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_M));
    m_mark->setToolTip(tr("Mark the selected messages in the colour that was used last, or take their marks away"));
    m_note->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C));
    m_note->setToolTip(tr("Write down something about the selected message; Save capture… keeps it in the file"));
    m_next->setShortcut(QKeySequence(Qt::Key_F4));
    m_previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F4));
    m_list->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_M));
    m_list->setToolTip(tr("All marks of the page, with their notes"));
    for (const MarkColour colour : markColours) {
        QAction* action = m_colours->addAction(colourName(colour));
        action->setData(static_cast<int>(colour));
        connect(action, &QAction::triggered, this, [this, colour] { panel()->markAs(colour); });
    }
    connect(m_mark, &QAction::triggered, this, [this] { panel()->toggleMark(); });
    connect(m_note, &QAction::triggered, this, [this] { m_page->messagesPanel(true)->editNote(); });
    connect(m_next, &QAction::triggered, this, [this] { m_page->messagesPanel(true)->goToMark(false); });
    connect(m_previous, &QAction::triggered, this, [this] { m_page->messagesPanel(true)->goToMark(true); });
    connect(m_list, &QAction::triggered, this, [this] { panel()->showMarks(); });
    applyTheme();
    update();
}

MessagesPanel* MarkActions::panel() const
{
    return m_page != nullptr ? m_page->messagesPanel(false) : nullptr;
}

void MarkActions::setPage(Page* page)
{
    m_page = page;
    update();
}

void MarkActions::update()
{
    const MessagesPanel* const messages = panel();
    const bool canMark = messages != nullptr && MessageMarker::canMark(messages->currentMessage());
    m_mark->setEnabled(canMark);
    m_colours->setEnabled(canMark);
    m_note->setEnabled(canMark);
    for (QAction* action : { m_next, m_previous, m_list }) {
        action->setEnabled(messages != nullptr && m_page->capture() != nullptr);
    }
}

void MarkActions::applyTheme()
{
    for (QAction* action : m_colours->actions()) {
        action->setIcon(markIcon(static_cast<MarkColour>(action->data().toInt())));
    }
}

void MarkActions::addToMenu(QMenu* menu) const
{
    menu->addAction(m_mark);
    menu->addMenu(m_colours);
    menu->addActions({ m_note, m_next, m_previous, m_list });
}

} // namespace sockeye
