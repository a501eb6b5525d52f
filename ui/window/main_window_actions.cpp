// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/help/help_windows.h"
#include "ui/help/manual_window.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/relay/relay_page.h"
#include "ui/pages/relay/toxiproxy_pages.h"
#include "ui/protocols/new_protocol_dialog.h"
#include "ui/protocols/protocol_library.h"
#include "ui/sendlist/open_lists.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_line.h"
#include "ui/window/endpoints_panel.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/main_window.h"
#include "ui/window/page_exports.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_actions.h"
#include "ui/window/settings.h"
#include "ui/window/status_time.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QActionGroup>
#include <QStackedWidget>
#include <QStatusBar>

#include <utility>

// What menus, tool bar and start page do.
namespace sockeye {

namespace {

constexpr int textStep = 10; // percent

} // namespace

void MainWindow::connectActions()
{
    connect(m_actions->newServer, &QAction::triggered, this, &MainWindow::newServer);
    connect(m_actions->newClient, &QAction::triggered, this, &MainWindow::newClient);
    connect(m_actions->newRelay, &QAction::triggered, this, &MainWindow::newRelay);
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
    connect(&OpenLists::instance(), &OpenLists::newListWanted, this,
        [this](const ListSource& source) { addPage(newListPage(source, m_threads)); });
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
    connect(m_actions->saveDissector, &QAction::triggered, this,
        [this] { m_exports->askWhereToSaveDissector(m_area->current()); });
    connect(
        m_pageActions, &PageActions::exportRequested, this, [this](Page* page) { m_exports->askFor(*page, false); });
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_pageActions, &PageActions::saveCaptureRequested, this, &MainWindow::saveCapture);
    connect(m_pageActions, &PageActions::findBytesRequested, this, &MainWindow::findBytes);
    connect(m_pageActions, &PageActions::closeRequested, this, &MainWindow::askToClose);

    connect(m_actions->themeModes, &QActionGroup::triggered, this,
        [](const QAction* action) { Theme::instance().setMode(static_cast<Theme::Mode>(action->data().toInt())); });
    Theme& theme = Theme::instance();
    connect(m_actions->largerText, &QAction::triggered, &theme,
        [&theme] { theme.setTextScale(theme.textScale() + textStep); });
    connect(m_actions->smallerText, &QAction::triggered, &theme,
        [&theme] { theme.setTextScale(theme.textScale() - textStep); });
    connect(m_actions->normalText, &QAction::triggered, &theme, [&theme] { theme.setTextScale(100); });
    connect(m_actions->showEndpoints, &QAction::toggled, m_endpoints, &QWidget::setVisible);
    connect(m_actions->showInspector, &QAction::toggled, this, [this] { inspect(m_area->current()); });
    connect(m_actions->nextPage, &QAction::triggered, m_area, [this] { m_area->stepCurrent(1); });
    connect(m_actions->previousPage, &QAction::triggered, m_area, [this] { m_area->stepCurrent(-1); });
    connect(m_actions->otherSide, &QAction::triggered, m_area, [this] { m_area->moveToOtherSide(m_area->current()); });
    connect(m_actions->stacked, &QAction::toggled, m_area,
        [this](bool stacked) { m_area->setOrientation(stacked ? Qt::Vertical : Qt::Horizontal); });
    connect(m_actions->tearOff, &QAction::triggered, this, [this] { tearOff(m_area->current()); });
    connect(m_actions->sockets, &QAction::triggered, this, [this] { showTool(PageKind::Sockets); });
    connect(m_actions->diagnose, &QAction::triggered, this, [this] { showTool(PageKind::Diagnose); });
    connect(m_actions->manyConnections, &QAction::triggered, this, [this] { showTool(PageKind::ManyConnections); });
    connect(m_actions->toxiproxyApi, &QAction::triggered, this, [this](bool on) { letToxiproxyApiListen(on); });
    connect(m_actions->newProtocol, &QAction::triggered, this, &MainWindow::describeProtocol);
    connect(m_actions->firstExchange, &QAction::triggered, this, &MainWindow::playFirstExchange);
    connect(m_actions->manual, &QAction::triggered, this, [this] { ManualWindow::open({}, this); });
    connect(m_actions->keyboard, &QAction::triggered, this, [this] { showKeyboardWindow(this); });
    connect(m_actions->about, &QAction::triggered, this, [this] { showAboutWindow(this); });
}

void MainWindow::letToxiproxyApiListen(bool on, quint16 port)
{
    delete std::exchange(m_toxiproxy, nullptr);
    if (on) {
        m_toxiproxy = new ToxiproxyPages(m_threads, this);
        connect(m_toxiproxy, &ToxiproxyPages::pageMade, this, [this](RelayPage* page) { addPage(page); });
        if (const Failure failure = m_toxiproxy->listen(port)) {
            delete std::exchange(m_toxiproxy, nullptr);
            m_messageLine->tell(failure);
        }
    }
    m_actions->toxiproxyApi->setChecked(m_toxiproxy != nullptr);
    if (m_toxiproxy != nullptr) {
        statusBar()->showMessage(tr("Toxiproxy's API listens on %1: proxies that are made over it become pages.")
                                     .arg(m_toxiproxy->address().toString()),
            statusMilliseconds);
    }
}

/// A form for a protocol of the user's own, and then a client that speaks it.
void MainWindow::describeProtocol()
{
    auto* dialog = new NewProtocolDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProtocolDialog::created, this, [this](const QString& file) {
        ProtocolLibrary::instance().open(file, this, [this](const ProtocolPtr& protocol, const QString& problem) {
            if (!protocol) {
                m_messageLine->tell(tr("The description cannot be used: %1").arg(problem));
                return;
            }
            auto* page = new ClientPage(m_threads);
            page->setProtocol(protocol);
            addPage(page);
            statusBar()->showMessage(
                tr("A client that speaks “%1”: say where to, fill in the fields, and send.").arg(protocol->title()),
                statusMilliseconds);
        });
    });
    dialog->open();
}

void MainWindow::addWelcome()
{
    m_welcome = new WelcomePage(*m_actions);
    connect(m_welcome, &WelcomePage::recentFileChosen, this, &MainWindow::openFile, Qt::QueuedConnection);
    m_stack->insertWidget(0, m_welcome);
    m_stack->setCurrentWidget(m_welcome);
}

} // namespace sockeye
