// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QListView;

namespace sockeye {

class EndpointsModel;
class Page;
class PageSet;

/// The left side of the window: every open page with its state. Choosing one brings it to the front.
class EndpointsPanel : public QWidget {
    Q_OBJECT
public:
    explicit EndpointsPanel(const PageSet& pages, QWidget* parent = nullptr);

    void setCurrent(const Page* page);

Q_SIGNALS:
    void chosen(Page* page);
    void menuRequested(Page* page, const QPoint& globalPosition);

private:
    EndpointsModel* m_model = nullptr;
    QListView* m_list = nullptr;
};

} // namespace sockeye
