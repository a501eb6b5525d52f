// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

class QAction;
class QActionGroup;
class QMenu;

namespace sockeye {

class Inspector;
class MarkActions;
class Page;

/// What can be done to the page in front of a window, as actions with their shortcuts. The main window has one set,
/// each torn-off window another.
class PageActions : public QObject {
    Q_OBJECT
public:
    /// `inspector` is the one of the same window.
    explicit PageActions(Inspector* inspector, QObject* parent = nullptr);

    void setPage(Page* page); ///< null: nothing can be done
    [[nodiscard]] Page* page() const;
    void applyTheme(); ///< icons in the present colours

    [[nodiscard]] QAction* saveCapture() const { return m_saveCapture; }
    [[nodiscard]] QAction* exportMessages() const { return m_export; }
    [[nodiscard]] QAction* close() const { return m_close; }
    [[nodiscard]] QAction* saveLadder() const { return m_saveLadder; }
    void addToEditMenu(QMenu* menu) const;
    void addToViewMenu(QMenu* menu); ///< the ways to look at messages

Q_SIGNALS:
    void saveCaptureRequested(Page* page);
    void exportRequested(Page* page);
    void findBytesRequested(Page* page); ///< in the bytes of all messages
    void closeRequested(Page* page);

private:
    void buildViews();
    void update();
    void updateViews();
    void copy();
    void follow();
    void compare();

    Inspector* m_inspector = nullptr;
    QPointer<Page> m_page;
    QAction* m_saveCapture = nullptr;
    QAction* m_export = nullptr;
    QAction* m_close = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_find = nullptr;
    QAction* m_filter = nullptr;
    QAction* m_findBytes = nullptr;
    QAction* m_findNext = nullptr;
    QAction* m_findPrevious = nullptr;
    QAction* m_goToOffset = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_follow = nullptr;
    MarkActions* m_marks = nullptr;
    QAction* m_saveLadder = nullptr;
    QActionGroup* m_views = nullptr; ///< data: MessagesView as int
};

} // namespace sockeye
