// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/endpoints_panel.h"

#include "ui/theme/theme.h"
#include "ui/window/endpoints_delegate.h"
#include "ui/window/endpoints_model.h"

#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace sockeye {

EndpointsPanel::EndpointsPanel(const PageSet& pages, QWidget* parent)
    : QWidget(parent)
    , m_model(new EndpointsModel(pages, this))
    , m_list(new QListView(this))
{
    auto* heading = new QLabel(tr("Endpoints"), this);
    heading->setContentsMargins(8, 8, 8, 4);
    QFont headingFont;
    headingFont.setCapitalization(QFont::AllUppercase);
    headingFont.setLetterSpacing(QFont::PercentageSpacing, 106);
    heading->setFont(headingFont);
    heading->setForegroundRole(QPalette::PlaceholderText);
    heading->setBuddy(m_list);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new EndpointsDelegate(m_list));
    m_list->setAccessibleName(tr("Endpoints"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setBackgroundRole(QPalette::Window);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    layout->addWidget(m_list);
    setMinimumWidth(120);

    const auto choose = [this](const QModelIndex& index) {
        if (Page* page = m_model->page(index)) {
            Q_EMIT chosen(page);
        }
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        if (Page* page = m_model->page(m_list->indexAt(position))) {
            Q_EMIT menuRequested(page, m_list->viewport()->mapToGlobal(position));
        }
    });
}

void EndpointsPanel::setCurrent(const Page* page)
{
    m_list->setCurrentIndex(m_model->indexOf(page));
}

} // namespace sockeye
