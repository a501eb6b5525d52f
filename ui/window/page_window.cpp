// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/page_window.h"

#include "ui/inspector/inspector.h"
#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_line.h"
#include "ui/window/page_exports.h"
#include "ui/window/pages/page_actions.h"

#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

namespace sockeye {

PageWindow::PageWindow(Page* page)
    : m_page(page)
    , m_messageLine(new MessageLine)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_inspector(new Inspector)
    , m_actions(new PageActions(m_inspector, this))
{
    m_splitter->addWidget(page);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({ 640, 460 });
    m_splitter->setChildrenCollapsible(false);
    page->show(); // a page taken out of its tab comes hidden

    auto* middle = new QWidget;
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messageLine);
    layout->addWidget(m_splitter, 1);
    setCentralWidget(middle);
    auto* exports = new PageExports(this, layout, m_messageLine);

    m_actions->setPage(page);
    QMenu* pageMenu = menuBar()->addMenu(tr("&Page"));
    QAction* putBack = pageMenu->addAction(Theme::instance().icon(QStringLiteral("put-back")),
        tr("Put &back into the main window"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    connect(putBack, &QAction::triggered, this, [this] { Q_EMIT putBackRequested(m_page); });
    pageMenu->addActions({ m_actions->saveCapture(), m_actions->exportMessages(), m_actions->saveLadder() });
    pageMenu->addSeparator();
    pageMenu->addAction(m_actions->close());
    m_actions->addToEditMenu(menuBar()->addMenu(tr("&Edit")));
    m_actions->addToViewMenu(menuBar()->addMenu(tr("&View")));

    connect(m_actions, &PageActions::saveCaptureRequested, this, &PageWindow::saveCaptureRequested);
    connect(m_actions, &PageActions::findBytesRequested, this, &PageWindow::findBytesRequested);
    connect(
        m_actions, &PageActions::exportRequested, exports, [exports](Page* asked) { exports->askFor(*asked, false); });
    connect(page, &Page::exportRequested, exports, [exports, page] { exports->askFor(*page, true); });
    connect(m_actions, &PageActions::closeRequested, this, &PageWindow::closeRequested);
    connect(page, &Page::titleChanged, this, &PageWindow::showTitle);
    connect(page, &Page::currentMessageChanged, m_inspector, [this] { m_inspector->show(m_page->currentMessage()); });
    connect(page, &Page::bytesSelected, m_inspector, &Inspector::selectBytes);
    connect(m_inspector, &Inspector::bytesSelected, this, [this](qint64 offset, qint64 size) {
        if (m_page != nullptr) {
            m_page->showBytes(offset, size);
        }
    });
    connect(page, &Page::statusMessage, statusBar(), [this](const QString& text) { statusBar()->showMessage(text); });
    connect(&Theme::instance(), &Theme::changed, this, [this, putBack] {
        putBack->setIcon(Theme::instance().icon(QStringLiteral("put-back")));
        m_actions->applyTheme();
        showTitle();
    });
    m_inspector->show(page->currentMessage());
    showTitle();
    resize(1100, 720);
}

Page* PageWindow::takePage()
{
    Page* page = m_page;
    m_page = nullptr;
    disconnect(page, nullptr, this, nullptr);
    disconnect(page, nullptr, m_inspector, nullptr);
    disconnect(page, nullptr, findChild<PageExports*>(), nullptr);
    disconnect(page, nullptr, statusBar(), nullptr);
    m_actions->setPage(nullptr);
    page->setParent(nullptr);
    return page;
}

void PageWindow::closeEvent(QCloseEvent* event)
{
    // Whoever hears it closes this window with the page, perhaps after a question.
    event->setAccepted(m_page == nullptr);
    if (m_page != nullptr) {
        Q_EMIT closeRequested(m_page);
    }
}

void PageWindow::showTitle()
{
    if (m_page != nullptr) {
        setWindowTitle(m_page->title() + u" – " + m_page->stateText() + u" – Sockeye");
        setWindowIcon(m_page->icon());
    }
}

} // namespace sockeye
