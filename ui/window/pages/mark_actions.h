// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;

namespace sockeye {

class MessagesPanel;
class Page;

/// What can be said of the messages of the page in front of a window: marks and notes.
class MarkActions : public QObject {
    Q_OBJECT
public:
    explicit MarkActions(QObject* parent = nullptr);

    void setPage(Page* page); ///< null: nothing can be done
    void update(); ///< the page shows another message
    void applyTheme();
    void addToMenu(QMenu* menu) const;

private:
    [[nodiscard]] MessagesPanel* panel() const;

    QPointer<Page> m_page;
    QAction* m_mark = nullptr;
    QMenu* m_colours = nullptr;
    QAction* m_note = nullptr;
    QAction* m_next = nullptr;
    QAction* m_previous = nullptr;
    QAction* m_list = nullptr;
};

} // namespace sockeye
