// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>

namespace sockeye {

class Page;
class PageSet;

/// The open pages as rows: title, icon, state.
class EndpointsModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { StateRole = Qt::UserRole + 1, ActiveRole };

    explicit EndpointsModel(const PageSet& pages, QObject* parent = nullptr);

    [[nodiscard]] Page* page(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Page* page) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<Page*> m_rows;
};

} // namespace sockeye
