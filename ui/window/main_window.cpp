// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/main_window.h"

#include "app/formats/reader/left_captures.h"
#include "app/reading/capture.h"
#include "app/storage/spool_folder.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/page.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_line.h"
#include "ui/window/appearance.h"
#include "ui/window/capture_watch.h"
#include "ui/window/endpoints_panel.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/first_exchange.h"
#include "ui/window/full_captures_menu.h"
#include "ui/window/help_windows.h"
#include "ui/window/left_captures_line.h"
#include "ui/window/left_captures_menu.h"
#include "ui/window/page_exports.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_actions.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/settings.h"
#include "ui/window/status_time.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
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
constexpr int textStep = 10;

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            files.append(url.toLocalFile());
        }
    }
    return files;
}

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
    connectWelcome();
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
    connect(m_area, &PageArea::closeRequested, this, &MainWindow::closePage);
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
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_endpoints);
    m_splitter->addWidget(m_area);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setChildrenCollapsible(false);
    m_welcome = new WelcomePage;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_welcome);
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
}

void MainWindow::connectActions()
{
    connect(m_actions->newServer, &QAction::triggered, this, &MainWindow::newServer);
    connect(m_actions->newClient, &QAction::triggered, this, &MainWindow::newClient);
    connect(m_actions->newLoad, &QAction::triggered, this, [this] { addPage(newPage(PageKind::Load, m_threads)); });
    connect(m_actions->captureInterface, &QAction::triggered, this,
        [this] { addPage(newPage(PageKind::LiveCapture, m_threads)); });
    connect(m_actions->open, &QAction::triggered, this, [this] {
        askForFilesToOpen(this, [this](const QStringList& files) {
            for (const QString& file : files) {
                openFile(file);
            }
        });
    });
    connect(m_actions, &WindowActions::recentFileChosen, this, &MainWindow::openFile);
    connect(m_actions, &WindowActions::recentFilesCleared, this, [this] {
        m_settings.clearRecentFiles();
        showRecentFiles();
    });
    connect(m_actions->saveWorkspace, &QAction::triggered, this, [this] {
        askWhereToSaveWorkspace(this, [this](const QString& file) {
            if (const Failure failure = writeWorkspaceFile(file, workspace())) {
                m_messageLine->tell(failure);
            } else {
                m_settings.addRecentFile(file);
                showRecentFiles();
                statusBar()->showMessage(tr("Saved as %1").arg(file), statusMilliseconds);
            }
        });
    });
    connect(m_actions->saveDissector, &QAction::triggered, m_exports, &PageExports::askWhereToSaveDissector);
    connect(
        m_pageActions, &PageActions::exportRequested, this, [this](Page* page) { m_exports->askFor(*page, false); });
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_pageActions, &PageActions::saveCaptureRequested, this, &MainWindow::saveCapture);
    connect(m_pageActions, &PageActions::closeRequested, this, &MainWindow::closePage);

    connect(m_actions->themeModes, &QActionGroup::triggered, this,
        [](const QAction* action) { Theme::instance().setMode(static_cast<Theme::Mode>(action->data().toInt())); });
    Theme& theme = Theme::instance();
    connect(m_actions->largerText, &QAction::triggered, &theme,
        [&theme] { theme.setTextScale(theme.textScale() + textStep); });
    connect(m_actions->smallerText, &QAction::triggered, &theme,
        [&theme] { theme.setTextScale(theme.textScale() - textStep); });
    connect(m_actions->normalText, &QAction::triggered, &theme, [&theme] { theme.setTextScale(100); });
    connect(m_actions->showEndpoints, &QAction::toggled, m_endpoints, &QWidget::setVisible);
    connect(m_actions->showInspector, &QAction::toggled, m_inspector, &QWidget::setVisible);
    connect(m_actions->nextPage, &QAction::triggered, m_area, [this] { m_area->stepCurrent(1); });
    connect(m_actions->previousPage, &QAction::triggered, m_area, [this] { m_area->stepCurrent(-1); });
    connect(m_actions->otherSide, &QAction::triggered, m_area, [this] { m_area->moveToOtherSide(m_area->current()); });
    connect(m_actions->stacked, &QAction::toggled, m_area,
        [this](bool stacked) { m_area->setOrientation(stacked ? Qt::Vertical : Qt::Horizontal); });
    connect(m_actions->tearOff, &QAction::triggered, this, [this] { tearOff(m_area->current()); });
    connect(m_actions->sockets, &QAction::triggered, this, [this] { showTool(PageKind::Sockets); });
    connect(m_actions->diagnose, &QAction::triggered, this, [this] { showTool(PageKind::Diagnose); });
    connect(m_actions->manyConnections, &QAction::triggered, this, [this] { showTool(PageKind::ManyConnections); });
    connect(m_actions->firstExchange, &QAction::triggered, this, &MainWindow::playFirstExchange);
    connect(m_actions->keyboard, &QAction::triggered, this, [this] { showKeyboardWindow(this); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAboutWindow(this); });
}

void MainWindow::connectWelcome()
{
    connect(m_welcome, &WelcomePage::serverRequested, m_actions->newServer, &QAction::trigger);
    connect(m_welcome, &WelcomePage::clientRequested, m_actions->newClient, &QAction::trigger);
    connect(m_welcome, &WelcomePage::loadRequested, m_actions->newLoad, &QAction::trigger);
    connect(m_welcome, &WelcomePage::openRequested, m_actions->open, &QAction::trigger);
    connect(m_welcome, &WelcomePage::firstExchangeRequested, m_actions->firstExchange, &QAction::trigger);
    connect(m_welcome, &WelcomePage::recentFileChosen, this, &MainWindow::openFile, Qt::QueuedConnection);
}

void MainWindow::connectLeftCaptures()
{
    LeftCapturesMenu* menu = m_actions->leftCaptures;
    menu->setRetention(readRetention(m_settings));
    connect(menu, &LeftCapturesMenu::retentionChanged, this,
        [this, menu] { writeRetention(m_settings, menu->retention()); });
    connect(menu, &LeftCapturesMenu::showRequested, this,
        [this, menu] { m_leftCaptures->look(spoolFolder(), menu->retention(), true); });
    connect(m_leftCaptures, &LeftCapturesLine::opened, this, [this](const QStringList& files) {
        for (const QString& file : files) {
            addPage(newCapturePage(file));
        }
    });
    connect(m_leftCaptures, &LeftCapturesLine::saved, this, [this](const QStringList& files) {
        for (const QString& file : files) {
            m_settings.addRecentFile(file);
        }
        showRecentFiles();
        statusBar()->showMessage(tr("Saved as %1").arg(files.join(QStringLiteral(", "))), statusMilliseconds);
    });
    connect(m_leftCaptures, &LeftCapturesLine::nothingLeft, this,
        [this] { statusBar()->showMessage(tr("No capture was left behind."), statusMilliseconds); });
    connect(m_leftCaptures, &LeftCapturesLine::failed, m_messageLine,
        [this](const Failure& failure) { m_messageLine->tell(failure); });
}

void MainWindow::watchCaptures()
{
    FullCapturesMenu* const menu = m_actions->fullCaptures;
    menu->setChoice(readOverloadPolicy(m_settings));
    auto* const watch = new CaptureWatch(*m_pages, this);
    watch->setOverloadPolicy(menu->choice());
    connect(menu, &FullCapturesMenu::choiceChanged, watch, [this, menu, watch] {
        writeOverloadPolicy(m_settings, menu->choice());
        watch->setOverloadPolicy(menu->choice());
    });
    connect(watch, &CaptureWatch::leavesOut, this,
        [this](const Page* page, const QString& text) { messageLineOf(page).tell(text); });
    connect(watch, &CaptureWatch::failed, this,
        [this](const Page* page, const Failure& failure) { messageLineOf(page).tell(failure); });
}

void MainWindow::offerLeftCaptures()
{
    m_leftCaptures->look(spoolFolder(), m_actions->leftCaptures->retention());
}

void MainWindow::addPage(Page* page, PageArea::Side side)
{
    connect(page, &Page::statusMessage, this, [this, page](const QString& text) {
        if (m_area->contains(page)) {
            statusBar()->showMessage(text, statusMilliseconds);
        }
    });
    connect(page, &Page::exportRequested, this, [this, page] {
        if (m_area->contains(page)) {
            m_exports->askFor(*page, true);
        }
    });
    connect(page, &Page::diagnoseRequested, this,
        [this](const Destination& there) { diagnose(*showTool(PageKind::Diagnose), there); });
    connect(page, &Page::manyConnectionsRequested, this,
        [this](const Destination& there) { aimManyConnections(*showTool(PageKind::ManyConnections), there); });
    connect(page, &Page::currentMessageChanged, this, [this, page] {
        if (page == m_area->current()) {
            m_inspector->show(page->currentMessage());
        }
    });
    connect(page, &Page::titleChanged, this, [this, page] {
        if (page == m_area->current()) {
            showTitle();
        }
    });
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
    m_pages->remove(page);
    release(page);
    page->deleteLater();
    if (m_pages->pages().isEmpty()) {
        m_stack->setCurrentWidget(m_welcome);
    }
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
    auto* window = new PageWindow(page);
    m_windows.append(window);
    connect(window, &PageWindow::putBackRequested, this, &MainWindow::putBack);
    connect(window, &PageWindow::closeRequested, this, &MainWindow::closePage);
    connect(window, &PageWindow::saveCaptureRequested, this, &MainWindow::saveCapture);
    window->show();
    return window;
}

void MainWindow::putBack(Page* page)
{
    if (windowOf(page) != nullptr) {
        release(page);
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
    Page* page = newPage(PageKind::Client, m_threads);
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

void MainWindow::openFile(const QString& file)
{
    if (isWorkspaceFile(file)) {
        const tl::expected<Workspace, Failure> read = readWorkspaceFile(file);
        if (!read.has_value()) {
            m_settings.removeRecentFile(file);
            showRecentFiles();
            m_messageLine->tell(read.error());
            return;
        }
        openWorkspace(*read);
    } else {
        addPage(newCapturePage(QFileInfo(file).absoluteFilePath()));
    }
    m_settings.addRecentFile(file);
    showRecentFiles();
}

void MainWindow::playFirstExchange()
{
    auto* exchange = new FirstExchange(*this, m_threads);
    exchange->play();
}

Workspace MainWindow::workspace() const
{
    Workspace open;
    open.split = m_area->orientation();
    for (Page* page : m_pages->pages()) {
        WorkspaceEntry entry;
        entry.page = page->saveState();
        if (const PageWindow* window = windowOf(page)) {
            entry.window = window->saveGeometry();
        } else {
            entry.side = m_area->sideOf(page) == PageArea::Side::Second ? 1 : 0;
        }
        if (page == m_area->current()) {
            open.current = open.entries.size();
        }
        open.entries.append(entry);
    }
    return open;
}

void MainWindow::openWorkspace(const Workspace& workspace)
{
    Page* current = nullptr;
    qsizetype unknown = 0;
    for (qsizetype index = 0; index < workspace.entries.size(); ++index) {
        const WorkspaceEntry& entry = workspace.entries.at(index);
        Page* page = restorePage(entry.page, m_threads);
        if (page == nullptr) {
            ++unknown;
            continue;
        }
        addPage(page, entry.side == 1 ? PageArea::Side::Second : PageArea::Side::First);
        if (!entry.window.isEmpty()) {
            tearOff(page)->restoreGeometry(entry.window);
        } else if (index == workspace.current) {
            current = page;
        }
    }
    m_actions->stacked->setChecked(workspace.split == Qt::Vertical);
    if (current != nullptr) {
        bringToFront(current);
    }
    if (unknown > 0) {
        m_messageLine->tell(tr("%n page(s) of the workspace are of a kind that this version does not know, and were "
                               "left out.",
            nullptr, static_cast<int>(unknown)));
    }
}

void MainWindow::restorePages()
{
    const QJsonObject saved = m_settings.object(QStringLiteral("pages"));
    if (!saved.isEmpty()) {
        if (const auto open = workspaceFromJson(saved, tr("Settings"))) {
            openWorkspace(*open);
        }
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
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

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const QString& file : localFiles(event->mimeData())) {
        openFile(file);
    }
    event->acceptProposedAction();
}

/// Makes the window about the page in front: inspector, actions, title.
void MainWindow::follow(Page* page)
{
    m_pageActions->setPage(page);
    m_actions->setHasPage(page != nullptr);
    m_endpoints->setCurrent(page);
    m_inspector->show(page != nullptr ? page->currentMessage() : MessageRef {});
    showTitle();
}

void MainWindow::showTitle()
{
    const Page* page = m_area->current();
    setWindowTitle(page != nullptr ? QString(page->title() + u" – Sockeye") : QStringLiteral("Sockeye"));
}

void MainWindow::saveCapture(Page* page)
{
    const QPointer<Page> asked(page);
    askWhereToSaveCapture(page->window(), *page, [this, asked](const QString& file) {
        if (asked == nullptr || asked->capture() == nullptr) {
            return;
        }
        statusBar()->showMessage(tr("Saving %1…").arg(file));
        const QPointer<MainWindow> window(this);
        asked->capture()->save(file, [window, asked, file](const Failure& failure) {
            // In the capture thread: what the window does about it happens in its own.
            QMetaObject::invokeMethod(qApp, [window, asked, file, failure] {
                if (window == nullptr) {
                    return;
                }
                window->statusBar()->clearMessage();
                if (failure) {
                    window->messageLineOf(asked).tell(failure);
                } else {
                    window->m_settings.addRecentFile(file);
                    window->showRecentFiles();
                    window->statusBar()->showMessage(tr("Saved as %1").arg(file), statusMilliseconds);
                }
            });
        });
    });
}

void MainWindow::showRecentFiles()
{
    const QStringList files = m_settings.recentFiles();
    m_actions->setRecentFiles(files);
    m_welcome->setRecentFiles(files);
}

void MainWindow::readSettings()
{
    const QSize room = screen()->availableSize();
    resize(qMin(preferredSize.width(), room.width()), qMin(preferredSize.height(), room.height() - titleBarHeight));
    restoreGeometry(m_settings.bytes(QStringLiteral("window/geometry")));
    if (!m_splitter->restoreState(m_settings.bytes(QStringLiteral("window/splitter")))) {
        m_splitter->setSizes({ endpointsWidth, width() - endpointsWidth - inspectorWidth, inspectorWidth });
    }
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
