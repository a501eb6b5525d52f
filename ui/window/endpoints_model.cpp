// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/endpoints_model.h"

#include "ui/pages/page.h"
#include "ui/theme/theme.h"
#include "ui/window/pages/page_set.h"

namespace sockeye {

EndpointsModel::EndpointsModel(const PageSet& pages, QObject* parent)
    : QAbstractListModel(parent)
    , m_rows(pages.pages())
{
    connect(&pages, &PageSet::added, this, [this](Page* page, qsizetype index) {
        beginInsertRows({}, static_cast<int>(index), static_cast<int>(index));
        m_rows.insert(index, page);
        endInsertRows();
    });
    connect(&pages, &PageSet::removed, this, [this](Page*, qsizetype index) {
        beginRemoveRows({}, static_cast<int>(index), static_cast<int>(index));
        m_rows.removeAt(index);
        endRemoveRows();
    });
    connect(&pages, &PageSet::changed, this, [this](Page*, qsizetype row) {
        const QModelIndex changed = index(static_cast<int>(row));
        Q_EMIT dataChanged(changed, changed);
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (!m_rows.isEmpty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
    });
}

Page* EndpointsModel::page(const QModelIndex& index) const
{
    return index.isValid() ? m_rows.value(index.row()) : nullptr;
}

QModelIndex EndpointsModel::indexOf(const Page* page) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows.at(row) == page) {
            return index(row);
        }
    }
    return {};
}

int EndpointsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant EndpointsModel::data(const QModelIndex& index, int role) const
{
    const Page* row = page(index);
    if (row == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return row->title();
    case Qt::DecorationRole:
        return row->icon();
    case Qt::AccessibleTextRole:
        return QString(row->title() + u", " + row->stateText());
    case Qt::ToolTipRole:
        return QString(row->title() + u" – " + row->stateText());
    case StateRole:
        return row->stateText();
    case ActiveRole:
        return row->isActive();
    default:
        return {};
    }
}

} // namespace sockeye
