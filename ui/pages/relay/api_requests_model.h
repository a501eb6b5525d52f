// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QDateTime>

#include <deque>

namespace sockeye {

/// What an API was asked, and how it answered: the latest requests, the newest at the end.
class ApiRequestsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Request, Answer };
    static constexpr int columns = 3;
    static constexpr int most = 500; ///< then the oldest go

    using QAbstractTableModel::QAbstractTableModel;

    /// `error`: what the answer says in place of what was asked for; empty: nothing.
    void add(const QByteArray& method, const QString& path, int status, const QString& error);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QTime time;
        QString request; ///< "POST /proxies"
        QString answer; ///< "409 proxy already exists"
        bool isRefused = false;
    };
    std::deque<Row> m_rows;
};

} // namespace sockeye
