// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/pages/page_actions.h"

#include "ui/comparison/comparison_choice.h"
#include "ui/conversation/conversation_window.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/inspector.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/window/pages/mark_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>

#include <array>
#include <utility>

namespace sockeye {

namespace {

/// A text field with the focus copies its own selection. True if there is one.
bool copyFromTextField()
{
    QWidget* focused = QApplication::focusWidget();
    if (auto* line = qobject_cast<QLineEdit*>(focused)) {
        line->copy();
        return true;
    }
    if (auto* text = qobject_cast<QPlainTextEdit*>(focused)) {
        text->copy();
        return true;
    }
    return false;
}

} // namespace

PageActions::PageActions(Inspector* inspector, QObject* parent)
    : QObject(parent)
    , m_inspector(inspector)
    , m_saveCapture(new QAction(tr("&Save capture…"), this))
    , m_export(new QAction(tr("&Export messages…"), this))
    , m_close(new QAction(tr("&Close page"), this))
    , m_copy(new QAction(tr("&Copy"), this))
    , m_find(new QAction(tr("&Find…"), this))
    , m_filter(new QAction(tr("Fi&lter"), this))
    , m_findBytes(new QAction(tr("Find b&ytes…"), this))
    , m_findNext(new QAction(tr("Find &next"), this))
    , m_findPrevious(new QAction(tr("Find &previous"), this))
    , m_goToOffset(new QAction(tr("&Go to offset…"), this))
    , m_compare(new QAction(tr("Co&mpare"), this))
    , m_follow(new QAction(tr("Follow con&versation"), this))
    , m_marks(new MarkActions(this))
    , m_saveLadder(new QAction(tr("Save &ladder…"), this))
    , m_views(new QActionGroup(this))
{
    m_saveCapture->setIconText(tr("Save capture…"));
    m_saveCapture->setToolTip(
        tr("Save every byte and connection of this page as a pcapng file, which Wireshark opens"));
    m_saveCapture->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_S));
    m_export->setToolTip(tr("Write messages of this page to a file: pcapng, JSON Lines, CSV, hex dump, C, Python"));
    m_export->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    m_close->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_W));
    m_copy->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_C));
    m_find->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    m_findBytes->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F));
    m_findBytes->setToolTip(
        tr("List every place where bytes, a text or a regular expression occur, in this page or in all"));
    m_filter->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Slash));
    m_findNext->setShortcut(QKeySequence(Qt::Key_F3));
    m_findPrevious->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3));
    m_goToOffset->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_G));
    m_compare->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    m_compare->setToolTip(tr("Two selected messages beside each other; of one, the next that is chosen so"));
    m_follow->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    m_follow->setToolTip(tr("What both sides of the selected message's connection said, in turns"));

    connect(m_saveCapture, &QAction::triggered, this, [this] { Q_EMIT saveCaptureRequested(m_page); });
    connect(m_export, &QAction::triggered, this, [this] { Q_EMIT exportRequested(m_page); });
    connect(m_close, &QAction::triggered, this, [this] { Q_EMIT closeRequested(m_page); });
    connect(m_copy, &QAction::triggered, this, &PageActions::copy);
    connect(m_find, &QAction::triggered, this, [this] { m_page->focusFind(); });
    connect(m_filter, &QAction::triggered, this, [this] { m_page->focusFilter(); });
    connect(m_findBytes, &QAction::triggered, this, [this] { Q_EMIT findBytesRequested(m_page); });
    connect(inspector, &Inspector::filterRequested, this, [this](const QString& test, bool also) {
        if (m_page != nullptr) {
            m_page->addToFilter(test, also);
        }
    });
    connect(m_findNext, &QAction::triggered, this, [this] { m_page->findNext(false); });
    connect(m_findPrevious, &QAction::triggered, this, [this] { m_page->findNext(true); });
    connect(m_goToOffset, &QAction::triggered, this, [this] { m_inspector->bytes()->goToOffset(); });
    connect(m_compare, &QAction::triggered, this, &PageActions::compare);
    connect(m_follow, &QAction::triggered, this, &PageActions::follow);
    buildViews();
    applyTheme();
    setPage(nullptr);
}

void PageActions::buildViews()
{
    m_saveLadder->setToolTip(tr("Save the steps of a connection, or of all, as a picture: SVG or PNG"));
    connect(m_saveLadder, &QAction::triggered, this, [this] {
        m_page->showMessagesView(MessagesView::Ladder);
        m_page->messagesPanel()->ladder()->askWhereToSave();
    });
    const std::array<std::pair<MessagesView, QString>, 4> views { {
        { MessagesView::Table, tr("Messages as a t&able") },
        { MessagesView::Lanes, tr("Messages as la&nes") },
        { MessagesView::Ladder, tr("Messages as a la&dder") },
        { MessagesView::Latency, tr("Latenc&ies over time") },
    } };
    for (const auto& [view, text] : views) {
        QAction* action = m_views->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(view));
    }
    connect(m_views, &QActionGroup::triggered, this,
        [this](const QAction* action) { m_page->showMessagesView(static_cast<MessagesView>(action->data().toInt())); });
}

void PageActions::setPage(Page* page)
{
    if (m_page != nullptr) {
        disconnect(m_page, nullptr, this, nullptr);
    }
    m_page = page;
    m_marks->setPage(page);
    if (page != nullptr) {
        // A server page has a capture from its first start on.
        connect(page, &Page::titleChanged, this, &PageActions::update);
        connect(page, &Page::currentMessageChanged, this, &PageActions::update);
    }
    update();
}

void PageActions::update()
{
    for (QAction* action : { m_saveCapture, m_export }) {
        action->setEnabled(m_page != nullptr && m_page->capture() != nullptr);
    }
    for (QAction* action : { m_close, m_find, m_findBytes, m_filter, m_findNext, m_findPrevious, m_goToOffset }) {
        action->setEnabled(m_page != nullptr);
    }
    m_marks->update();
    updateViews();
    m_compare->setEnabled(m_page != nullptr && m_page->currentMessage().record.connection != 0);
    m_follow->setEnabled(m_page != nullptr && m_page->currentMessage().record.connection != 0);
}

void PageActions::updateViews()
{
    const MessagesPanel* const messages = m_page != nullptr ? m_page->messagesPanel() : nullptr;
    m_views->setEnabled(messages != nullptr);
    m_saveLadder->setEnabled(messages != nullptr && m_page->capture() != nullptr);
    for (QAction* action : m_views->actions()) {
        action->setChecked(messages != nullptr && action->data().toInt() == static_cast<int>(messages->view()));
    }
}

Page* PageActions::page() const
{
    return m_page;
}

void PageActions::copy()
{
    const QWidget* focused = QApplication::focusWidget();
    if (copyFromTextField()) {
        return;
    }
    if (focused != nullptr && m_inspector->isAncestorOf(focused)) {
        m_inspector->copySelection();
    } else if (m_page != nullptr) {
        m_page->copySelection();
    }
}

void PageActions::follow()
{
    const MessageRef message = m_page->currentMessage();
    if (message.capture && message.record.connection != 0) {
        ConversationWindow::open(message.capture, message.record.connection, m_page->window());
    }
}

void PageActions::compare()
{
    const ExportableMessages messages = m_page->exportableMessages();
    const QString text = ComparisonChoice::instance().choose(
        comparable(m_page->currentMessage(), messages.selected, messages.selectedCount), m_page->window());
    if (!text.isEmpty()) {
        Q_EMIT m_page->statusMessage(text);
    }
}

void PageActions::applyTheme()
{
    const Theme& theme = Theme::instance();
    m_marks->applyTheme();
    m_saveCapture->setIcon(theme.icon(QStringLiteral("save")));
    m_close->setIcon(theme.icon(QStringLiteral("close")));
    m_copy->setIcon(theme.icon(QStringLiteral("copy")));
    m_find->setIcon(theme.icon(QStringLiteral("find")));
}

void PageActions::addToEditMenu(QMenu* menu) const
{
    menu->addAction(m_copy);
    menu->addSeparator();
    menu->addActions({ m_find, m_findNext, m_findPrevious, m_findBytes, m_filter });
    menu->addSeparator();
    menu->addActions({ m_goToOffset, m_compare, m_follow });
    menu->addSeparator();
    m_marks->addToMenu(menu);
}

void PageActions::addToViewMenu(QMenu* menu)
{
    menu->addActions(m_views->actions());
    connect(menu, &QMenu::aboutToShow, this, &PageActions::updateViews);
}

} // namespace sockeye
