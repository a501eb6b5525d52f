// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/capture.h"
#include "app/storage/spool_folder.h"
#include "ui/pages/page.h"
#include "ui/widgets/message_line.h"
#include "ui/window/capture_watch.h"
#include "ui/window/file_dialogs.h"
#include "ui/window/full_captures_menu.h"
#include "ui/window/left_captures_line.h"
#include "ui/window/left_captures_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/settings.h"
#include "ui/window/status_time.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPointer>
#include <QStatusBar>

// What the window opens, saves and keeps: captures, those left behind, workspaces.
namespace sockeye {

namespace {

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

} // namespace sockeye
