// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/window_actions.h"

#include "ui/theme/theme.h"
#include "ui/window/full_captures_menu.h"
#include "ui/window/left_captures_menu.h"
#include "ui/window/pages/page_actions.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include <array>
#include <utility>

namespace sockeye {

WindowActions::WindowActions(QMainWindow* window, PageActions& page)
    : QObject(window)
    , newServer(new QAction(tr("&New server"), this))
    , newClient(new QAction(tr("New &client"), this))
    , newRelay(new QAction(tr("New &relay"), this))
    , newLoad(new QAction(tr("New lo&ad…"), this))
    , captureInterface(new QAction(tr("Capture from &interface…"), this))
    , open(new QAction(tr("&Open…"), this))
    , saveWorkspace(new QAction(tr("Save &workspace…"), this))
    , leftCaptures(new LeftCapturesMenu(window))
    , fullCaptures(new FullCapturesMenu(window))
    , saveDissector(new QAction(tr("Wireshark &dissector…"), this))
    , quit(new QAction(tr("&Quit"), this))
    , themeModes(new QActionGroup(this))
    , largerText(new QAction(tr("&Larger text"), this))
    , smallerText(new QAction(tr("&Smaller text"), this))
    , normalText(new QAction(tr("&Normal text size"), this))
    , showEndpoints(new QAction(tr("&Endpoints"), this))
    , showInspector(new QAction(tr("&Inspector"), this))
    , nextPage(new QAction(tr("Ne&xt page"), this))
    , previousPage(new QAction(tr("&Previous page"), this))
    , otherSide(new QAction(tr("&Move page to the other side"), this))
    , stacked(new QAction(tr("Sides one &above the other"), this))
    , tearOff(new QAction(tr("&Tear off page"), this))
    , sockets(new QAction(tr("&Sockets"), this))
    , diagnose(new QAction(tr("&Diagnose…"), this))
    , manyConnections(new QAction(tr("&Many connections…"), this))
    , toxiproxyApi(new QAction(tr("&Toxiproxy API"), window))
    , newProtocol(new QAction(tr("New &protocol…"), this))
    , firstExchange(new QAction(tr("Watch a &first exchange"), this))
    , manual(new QAction(tr("&Manual"), this))
    , keyboard(new QAction(tr("&Keyboard"), this))
    , about(new QAction(tr("&About Sockeye"), this))
{
    newServer->setIconText(tr("New server"));
    newServer->setToolTip(tr("Listen on a port of this machine and answer"));
    newServer->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    newClient->setIconText(tr("New client"));
    newClient->setToolTip(tr("Connect to a server and ask it something"));
    newClient->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    newRelay->setIconText(tr("New relay"));
    newRelay->setToolTip(tr("Stand between a client and a server, see what passes, and make things go wrong"));
    newRelay->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    newLoad->setToolTip(tr("Measure how fast a server answers, and whether every reply is right"));
    captureInterface->setToolTip(tr("See what other programs say to each other through a network interface"));
    open->setIconText(tr("Open…"));
    open->setToolTip(tr("Open a capture (pcapng, pcap) or a workspace"));
    open->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_O));
    newProtocol->setToolTip(tr("Describe messages of your own: they are cut, shown and written by it"));
    saveDissector->setToolTip(tr("Save a plug-in that shows the fields of the page's protocol in Wireshark: the "
                                 "application protocol, or a description"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
    manual->setShortcut(QKeySequence::HelpContents);
    largerText->setShortcuts({ QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal) });
    smallerText->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Minus));
    normalText->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_0));
    for (QAction* part : { showEndpoints, showInspector }) {
        part->setCheckable(true);
        part->setChecked(true);
    }
    showEndpoints->setShortcut(QKeySequence(Qt::Key_F9));
    showInspector->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F9));
    nextPage->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_PageDown));
    previousPage->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_PageUp));
    otherSide->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
    stacked->setCheckable(true);
    tearOff->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    sockets->setToolTip(tr("The sockets of this machine, live: state, queues and process"));
    diagnose->setToolTip(tr("Find out why a connection cannot be made"));
    manyConnections->setToolTip(tr("Open many connections at once and see whether everything comes back on each"));
    toxiproxyApi->setCheckable(true);
    toxiproxyApi->setToolTip(
        tr("Let test suites that drive Toxiproxy drive Sockeye, on 127.0.0.1 port 8474: each of their "
           "proxies is a relay page here"));
    about->setMenuRole(QAction::AboutRole);

    const std::array<std::pair<Theme::Mode, QString>, 3> modes { {
        { Theme::Mode::System, tr("As the &system") },
        { Theme::Mode::Light, tr("&Light") },
        { Theme::Mode::Dark, tr("&Dark") },
    } };
    for (const auto& [mode, text] : modes) {
        QAction* action = themeModes->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(mode));
        action->setChecked(mode == Theme::Mode::System);
    }
    fillMenus(window, page);
    fillToolBar(window, page);
    applyTheme();
    setHasPage(false);
}

void WindowActions::fillMenus(QMainWindow* window, PageActions& page)
{
    QMenuBar* bar = window->menuBar();
    QMenu* file = bar->addMenu(tr("&File"));
    file->addActions({ newServer, newClient, newRelay, newLoad, captureInterface });
    file->addSeparator();
    file->addAction(open);
    m_recentMenu = file->addMenu(tr("Open &recent"));
    file->addActions({ page.saveCapture(), saveWorkspace });
    file->addMenu(leftCaptures);
    file->addMenu(fullCaptures);
    file->addSeparator();
    file->addActions({ page.exportMessages(), page.saveLadder(), saveDissector });
    file->addSeparator();
    file->addActions({ page.close(), quit });

    page.addToEditMenu(bar->addMenu(tr("&Edit")));

    QMenu* view = bar->addMenu(tr("&View"));
    view->addMenu(tr("T&heme"))->addActions(themeModes->actions());
    view->addActions({ largerText, smallerText, normalText });
    view->addSeparator();
    view->addActions({ showEndpoints, showInspector });
    view->addSeparator();
    page.addToViewMenu(view);
    view->addSeparator();
    view->addActions({ nextPage, previousPage, otherSide, stacked, tearOff });

    QMenu* tools = bar->addMenu(tr("&Tools"));
    tools->addActions({ sockets, diagnose, manyConnections });
    tools->addSeparator();
    tools->addAction(toxiproxyApi);
    tools->addAction(newProtocol);

    QMenu* help = bar->addMenu(tr("&Help"));
    help->addActions({ manual, firstExchange, keyboard });
    help->addSeparator();
    help->addAction(about);

    m_pageMenu = new QMenu(window);
    m_pageMenu->addActions({ tearOff, otherSide, page.saveCapture(), page.exportMessages(), page.close() });
}

void WindowActions::fillToolBar(QMainWindow* window, PageActions& page)
{
    QToolBar* bar = window->addToolBar(tr("Main tool bar"));
    bar->setObjectName(QStringLiteral("mainToolBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    bar->addActions({ newServer, newClient, newRelay });
    bar->addSeparator();
    bar->addActions({ open, page.saveCapture() });
    for (QAction* action : bar->actions()) {
        if (QWidget* button = bar->widgetForAction(action); button != nullptr && !action->isSeparator()) {
            button->setAccessibleName(action->iconText());
            button->setFocusPolicy(Qt::TabFocus);
        }
    }
}

void WindowActions::setRecentFiles(const QStringList& files)
{
    m_recentMenu->clear();
    m_recentMenu->setEnabled(!files.isEmpty());
    for (const QString& file : files) {
        QAction* action = m_recentMenu->addAction(QFileInfo(file).fileName().replace(u'&', QStringLiteral("&&")));
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT recentFileChosen(file); });
    }
    m_recentMenu->setToolTipsVisible(true);
    m_recentMenu->addSeparator();
    connect(
        m_recentMenu->addAction(tr("&Clear this list")), &QAction::triggered, this, &WindowActions::recentFilesCleared);
}

void WindowActions::setHasPage(bool hasPage)
{
    for (QAction* action : { nextPage, previousPage, otherSide, tearOff }) {
        action->setEnabled(hasPage);
    }
}

void WindowActions::applyTheme()
{
    const Theme& theme = Theme::instance();
    newServer->setIcon(theme.icon(QStringLiteral("server")));
    newClient->setIcon(theme.icon(QStringLiteral("client")));
    newRelay->setIcon(theme.icon(QStringLiteral("relay")));
    newLoad->setIcon(theme.icon(QStringLiteral("load")));
    captureInterface->setIcon(theme.icon(QStringLiteral("capture")));
    open->setIcon(theme.icon(QStringLiteral("open")));
    otherSide->setIcon(theme.icon(QStringLiteral("split")));
    tearOff->setIcon(theme.icon(QStringLiteral("tear-off")));
    sockets->setIcon(theme.icon(QStringLiteral("connection")));
    diagnose->setIcon(theme.icon(QStringLiteral("find")));
    manyConnections->setIcon(theme.icon(QStringLiteral("connection")));
    newProtocol->setIcon(theme.icon(QStringLiteral("protocol")));
    firstExchange->setIcon(theme.icon(QStringLiteral("play")));
}

} // namespace sockeye
