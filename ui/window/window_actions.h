// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace sockeye {

class FullCapturesMenu;
class LeftCapturesMenu;
class PageActions;

/// The main window's own actions, and the menus and the tool bar that they are in.
class WindowActions : public QObject {
    Q_OBJECT
public:
    /// Fills the menu bar of `window` and gives it its tool bar. `page` are the actions of the page in front.
    WindowActions(QMainWindow* window, PageActions& page);

    QAction* newServer;
    QAction* newClient;
    QAction* newRelay;
    QAction* newLoad;
    QAction* captureInterface;
    QAction* open;
    QAction* saveWorkspace;
    LeftCapturesMenu* leftCaptures;
    FullCapturesMenu* fullCaptures;
    QAction* saveDissector;
    QAction* quit;
    QActionGroup* themeModes; ///< data: Theme::Mode as int
    QAction* largerText;
    QAction* smallerText;
    QAction* normalText;
    QAction* showEndpoints; ///< checkable
    QAction* showInspector; ///< checkable
    QAction* nextPage;
    QAction* previousPage;
    QAction* otherSide;
    QAction* stacked; ///< checkable: two sides one above the other
    QAction* tearOff;
    QAction* sockets;
    QAction* diagnose;
    QAction* manyConnections;
    QAction* toxiproxyApi; ///< checkable: it listens
    QAction* newProtocol;
    QAction* firstExchange;
    QAction* manual;
    QAction* keyboard;
    QAction* about;

    void setRecentFiles(const QStringList& files);
    void setHasPage(bool hasPage); ///< there is a page in front
    [[nodiscard]] QMenu* pageMenu() const { return m_pageMenu; } ///< what the context menus of tabs show
    void applyTheme();

Q_SIGNALS:
    void recentFileChosen(const QString& file);
    void recentFilesCleared();

private:
    void fillMenus(QMainWindow* window, PageActions& page);
    void fillToolBar(QMainWindow* window, PageActions& page);

    QMenu* m_recentMenu = nullptr;
    QMenu* m_pageMenu = nullptr;
};

} // namespace sockeye
