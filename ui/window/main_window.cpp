// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/main_window.h"

#include "ui/filter/filter_shelf.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_line.h"
#include "ui/window/appearance.h"
#include "ui/window/endpoints_panel.h"
#include "ui/window/first_exchange.h"
#include "ui/window/left_captures_line.h"
#include "ui/window/page_exports.h"
#include "ui/window/page_status.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_actions.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/settings.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QMenu>
#include <QPointer>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr int endpointsWidth = 152;
constexpr int inspectorWidth = 420;
/// Of the first start: two pages side by side and the inspector have room, if the screen has.
constexpr QSize preferredSize(1840, 1000);
constexpr int titleBarHeight = 32;

} // namespace

MainWindow::MainWindow(IoThreads& threads, Settings& settings)
    : m_threads(threads)
    , m_settings(settings)
    , m_pages(new PageSet(this))
{
    buildLayout();
    m_pageActions = new PageActions(m_inspector, this);
    m_actions = new WindowActions(this, *m_pageActions);
    connectActions();
    addWelcome();
    connectLeftCaptures();
    watchCaptures();
    connect(m_endpoints, &EndpointsPanel::chosen, this, &MainWindow::bringToFront);
    connect(m_endpoints, &EndpointsPanel::menuRequested, this, [this](Page* page, const QPoint& position) {
        bringToFront(page);
        if (m_area->contains(page)) {
            m_actions->pageMenu()->popup(position);
        }
    });
    connect(m_area, &PageArea::currentChanged, this, &MainWindow::follow);
    connect(m_area, &PageArea::closeRequested, this, &MainWindow::askToClose);
    connect(m_area, &PageArea::tearOffRequested, this,
        [this](Page* page, const QPoint& position) { tearOff(page)->move(position - QPoint(120, 16)); });
    connect(m_area, &PageArea::menuRequested, this, [this](Page* page, const QPoint& position) {
        bringToFront(page);
        m_actions->pageMenu()->popup(position);
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_pageActions->applyTheme();
        m_actions->applyTheme();
        showRecentFiles();
    });
    setAcceptDrops(true);
    setWindowIcon(applicationIcon());
    readSettings();
    follow(nullptr);
}

MainWindow::~MainWindow()
{
    // Pages of torn-off windows must be gone before the I/O threads are; the others are children of this one.
    disconnect(m_area, nullptr, this, nullptr);
    qDeleteAll(m_windows);
}

void MainWindow::buildLayout()
{
    m_messageLine = new MessageLine;
    m_leftCaptures = new LeftCapturesLine;
    m_endpoints = new EndpointsPanel(*m_pages);
    m_area = new PageArea;
    m_inspector = new Inspector;
    connect(m_inspector, &Inspector::bytesSelected, this, [this](qint64 offset, qint64 size) {
        if (Page* const page = m_area->current()) {
            page->showBytes(offset, size);
        }
    });
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_endpoints);
    m_splitter->addWidget(m_area);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_splitter);

    auto* middle = new QWidget;
    auto* layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messageLine);
    layout->addWidget(m_leftCaptures);
    layout->addWidget(m_stack, 1);
    setCentralWidget(middle);
    m_exports = new PageExports(this, layout, m_messageLine);
    statusBar()->setSizeGripEnabled(false);
    m_status = new PageStatus(statusBar());
}

void MainWindow::addPage(Page* page, PageArea::Side side)
{
    connect(page, &Page::exportRequested, this, [this, page] {
        if (m_area->contains(page)) {
            m_exports->askFor(*page, true);
        }
    });
    connect(page, &Page::diagnoseRequested, this,
        [this](const Destination& there) { diagnose(*showTool(PageKind::Diagnose), there); });
    connect(page, &Page::manyConnectionsRequested, this,
        [this](const Destination& there) { aimManyConnections(*showTool(PageKind::ManyConnections), there); });
    connect(page, &Page::pageMade, this, [this](Page* made) { addPage(made); });
    connect(page, &Page::currentMessageChanged, this, [this, page] {
        if (page == m_area->current()) {
            inspect(page);
        }
    });
    connect(page, &Page::bytesSelected, this, [this, page](qint64 offset, qint64 size) {
        if (page == m_area->current()) {
            m_inspector->selectBytes(offset, size);
        }
    });
    connect(page, &Page::titleChanged, this, [this, page] {
        if (page == m_area->current()) {
            showTitle();
        }
    });
    m_status->add(page);
    m_pages->add(page);
    m_area->add(page, side);
    m_stack->setCurrentWidget(m_splitter);
    page->setFocus();
    m_endpoints->setCurrent(page);
}

void MainWindow::closePage(Page* page)
{
    if (page == nullptr || !m_pages->pages().contains(page)) {
        return;
    }
    m_status->remove(page);
    m_pages->remove(page);
    release(page);
    page->deleteLater();
    if (m_pages->pages().isEmpty()) {
        m_stack->setCurrentWidget(m_welcome);
    }
}

void MainWindow::askToClose(Page* page)
{
    if (page == nullptr || !m_pages->pages().contains(page)) {
        return;
    }
    if (page->hasUnsaved() && windowOf(page) == nullptr) {
        m_area->setCurrent(page); // what the question is about
    }
    page->whenClosable([this, page = QPointer(page)] { closePage(page); });
}

/// Takes the page out of wherever it is shown.
void MainWindow::release(Page* page)
{
    if (PageWindow* window = windowOf(page)) {
        m_windows.removeOne(window);
        window->takePage();
        window->hide();
        window->deleteLater();
        return;
    }
    m_area->take(page);
    page->setParent(nullptr);
}

void MainWindow::bringToFront(Page* page)
{
    if (PageWindow* window = windowOf(page)) {
        window->raise();
        window->activateWindow();
        return;
    }
    m_area->setCurrent(page);
}

PageWindow* MainWindow::tearOff(Page* page)
{
    if (PageWindow* already = windowOf(page)) {
        return already;
    }
    release(page);
    m_status->remove(page);
    auto* window = new PageWindow(page);
    m_windows.append(window);
    connect(window, &PageWindow::putBackRequested, this, &MainWindow::putBack);
    connect(window, &PageWindow::closeRequested, this, &MainWindow::askToClose);
    connect(window, &PageWindow::saveCaptureRequested, this, &MainWindow::saveCapture);
    connect(window, &PageWindow::findBytesRequested, this, &MainWindow::findBytes);
    window->show();
    return window;
}

void MainWindow::putBack(Page* page)
{
    if (windowOf(page) != nullptr) {
        release(page);
        m_status->add(page);
        m_area->add(page);
        activateWindow();
    }
}

Page* MainWindow::newServer()
{
    Page* page = newPage(PageKind::Server, m_threads);
    addPage(page);
    return page;
}

Page* MainWindow::newClient()
{
    Page* page = newClientPage(m_threads, destinationFor(m_area->current(), m_pages->pages()));
    addPage(page);
    return page;
}

Page* MainWindow::newRelay()
{
    Page* page = newPage(PageKind::Relay, m_threads);
    addPage(page);
    return page;
}

Page* MainWindow::showTool(PageKind kind)
{
    Page* page = pageOf(kind, m_pages->pages());
    if (page == nullptr) {
        page = newPage(kind, m_threads);
        addPage(page);
    } else {
        bringToFront(page);
    }
    return page;
}

void MainWindow::playFirstExchange()
{
    auto* exchange = new FirstExchange(*this, m_threads);
    exchange->play();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const QList<Page*> pages = m_pages->pages();
    const auto unsaved = std::find_if(pages.begin(), pages.end(), [](const Page* page) { return page->hasUnsaved(); });
    if (unsaved != pages.end()) {
        event->ignore();
        bringToFront(*unsaved);
        (*unsaved)->whenClosable([this, page = QPointer(*unsaved)] {
            closePage(page);
            close(); // which asks about the next one
        });
        return;
    }
    writeSettings();
    const QList<PageWindow*> windows = m_windows;
    for (const PageWindow* window : windows) {
        closePage(window->page());
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ThemeChange) {
        Theme::instance().platformChanged();
    }
}

/// Makes the window about the page in front: inspector, actions, title.
void MainWindow::follow(Page* page)
{
    m_pageActions->setPage(page);
    m_actions->setHasPage(page != nullptr);
    m_endpoints->setCurrent(page);
    inspect(page);
    m_status->follow(page);
    showTitle();
}

void MainWindow::inspect(const Page* page)
{
    m_inspector->show(page != nullptr ? page->currentMessage() : MessageRef {});
    m_inspector->setVisible(m_actions->showInspector->isChecked() && (page == nullptr || page->hasMessages()));
}

void MainWindow::showTitle()
{
    const Page* page = m_area->current();
    setWindowTitle(page != nullptr ? QString(page->title() + u" – Sockeye") : QStringLiteral("Sockeye"));
}

void MainWindow::readSettings()
{
    const QSize room = screen()->availableSize();
    resize(qMin(preferredSize.width(), room.width()), qMin(preferredSize.height(), room.height() - titleBarHeight));
    restoreGeometry(m_settings.bytes(QStringLiteral("window/geometry")));
    if (!m_splitter->restoreState(m_settings.bytes(QStringLiteral("window/splitter")))) {
        m_splitter->setSizes({ endpointsWidth, width() - endpointsWidth - inspectorWidth, inspectorWidth });
    }
    FilterShelf& filters = FilterShelf::instance();
    filters.restore(m_settings.object(QStringLiteral("filters")));
    connect(&filters, &FilterShelf::changed, this,
        [this, &filters] { m_settings.setObject(QStringLiteral("filters"), filters.state()); });
    m_inspector->restoreState(m_settings.bytes(QStringLiteral("window/inspector")));
    m_actions->showEndpoints->setChecked(m_settings.flag(QStringLiteral("window/showEndpoints"), true));
    m_actions->showInspector->setChecked(m_settings.flag(QStringLiteral("window/showInspector"), true));
    const int mode = static_cast<int>(Theme::instance().mode());
    for (QAction* action : m_actions->themeModes->actions()) {
        action->setChecked(action->data().toInt() == mode);
    }
    showRecentFiles();
}

void MainWindow::writeSettings()
{
    m_settings.setBytes(QStringLiteral("window/geometry"), saveGeometry());
    m_settings.setBytes(QStringLiteral("window/splitter"), m_splitter->saveState());
    m_settings.setBytes(QStringLiteral("window/inspector"), m_inspector->saveState());
    m_settings.setFlag(QStringLiteral("window/showEndpoints"), m_actions->showEndpoints->isChecked());
    m_settings.setFlag(QStringLiteral("window/showInspector"), m_actions->showInspector->isChecked());
    m_settings.setObject(QStringLiteral("pages"), toJson(workspace()));
    writeAppearance(m_settings);
}

PageWindow* MainWindow::windowOf(const Page* page) const
{
    for (PageWindow* window : m_windows) {
        if (window->page() == page) {
            return window;
        }
    }
    return nullptr;
}

MessageLine& MainWindow::messageLineOf(const Page* page) const
{
    const PageWindow* window = windowOf(page);
    return window != nullptr ? *window->messageLine() : *m_messageLine;
}

} // namespace sockeye
