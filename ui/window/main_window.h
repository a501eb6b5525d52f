// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/bytesearch/hits_model.h"
#include "ui/window/pages/page_area.h"
#include "ui/window/pages/page_factory.h"
#include "ui/window/workspace_file.h"

#include <QMainWindow>
#include <QPointer>

class QSplitter;
class QStackedWidget;

namespace sockeye {

class EndpointsPanel;
class FindBytesWindow;
class Inspector;
class IoThreads;
class LeftCapturesLine;
class MessageLine;
class PageActions;
class PageExports;
class PageSet;
class PageStatus;
class PageWindow;
class Settings;
class ToxiproxyPages;
class WelcomePage;
class WindowActions;

/// The main window: endpoints on the left, pages in the middle, the inspector of the page in front on the right; the
/// welcome page while no page is open. Keeps the pages and puts them where they belong; what they do is theirs.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(IoThreads& threads, Settings& settings);
    ~MainWindow() override;

    void addPage(Page* page, PageArea::Side side = PageArea::Side::First); ///< to the front; the window owns it
    void closePage(Page* page); ///< a server is stopped, a connection closed: nothing is asked
    void askToClose(Page* page); ///< closePage(), once the user has said what is to become of what is not saved
    void bringToFront(Page* page);
    PageWindow* tearOff(Page* page);
    void putBack(Page* page); ///< from a window of its own into this one

    Page* newServer();
    Page* newClient();
    Page* newRelay();
    Page* showTool(PageKind kind); ///< the open page of that kind, or a new one, in front
    void openFile(const QString& file); ///< a capture, or a workspace: errors are shown in the window
    void offerLeftCaptures(); ///< those of a Sockeye that was killed, if there are any; old ones are cleaned away
    void describeProtocol(); ///< asks for its fields, and opens a client that speaks it
    /// Toxiproxy's API listens, or does no longer; why it cannot, is shown. Port 0: a free one.
    void letToxiproxyApiListen(bool on, quint16 port = 8474);
    void playFirstExchange(); ///< a server and a client side by side, a question and its answer

    [[nodiscard]] Workspace workspace() const; ///< what is open now, and where
    void openWorkspace(const Workspace& workspace);
    void restorePages(); ///< what was open when the window was closed last

    [[nodiscard]] const ToxiproxyPages* toxiproxy() const { return m_toxiproxy; } ///< null: it is switched off
    [[nodiscard]] const PageSet& pages() const { return *m_pages; }
    [[nodiscard]] PageArea& area() const { return *m_area; }
    [[nodiscard]] Inspector& inspector() const { return *m_inspector; }
    [[nodiscard]] MessageLine& messageLine() const { return *m_messageLine; }
    [[nodiscard]] LeftCapturesLine& leftCapturesLine() const { return *m_leftCaptures; }
    [[nodiscard]] WindowActions& actions() const { return *m_actions; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout();
    void connectActions();
    void addWelcome();
    void connectLeftCaptures();
    void watchCaptures();
    void follow(Page* page);
    void inspect(const Page* page);
    void showTitle();
    void release(Page* page);
    void saveCapture(Page* page);
    void findBytes(Page* page);
    [[nodiscard]] QList<SearchTarget> searchTargets(bool all) const;
    void showBytes(QObject* found, const std::shared_ptr<Capture>& capture, const StreamPlace& place, qint64 size);
    void showRecentFiles();
    void readSettings();
    void writeSettings();
    [[nodiscard]] PageWindow* windowOf(const Page* page) const;
    [[nodiscard]] MessageLine& messageLineOf(const Page* page) const;

    IoThreads& m_threads;
    Settings& m_settings;
    PageSet* m_pages = nullptr;
    QStackedWidget* m_stack = nullptr;
    WelcomePage* m_welcome = nullptr;
    QSplitter* m_splitter = nullptr;
    EndpointsPanel* m_endpoints = nullptr;
    PageArea* m_area = nullptr;
    PageStatus* m_status = nullptr;
    Inspector* m_inspector = nullptr;
    MessageLine* m_messageLine = nullptr;
    LeftCapturesLine* m_leftCaptures = nullptr;
    PageExports* m_exports = nullptr;
    PageActions* m_pageActions = nullptr;
    WindowActions* m_actions = nullptr;
    ToxiproxyPages* m_toxiproxy = nullptr;
    FindBytesWindow* m_findBytes = nullptr; ///< null before it is asked for
    QPointer<Page> m_findsIn; ///< the page that was in front then
    QList<PageWindow*> m_windows; ///< torn off
};

} // namespace sockeye
