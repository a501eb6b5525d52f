// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/relay/api_requests_model.h"

#include "protocol/text/visible_text.h"
#include "ui/theme/theme.h"

namespace sockeye {

namespace {

constexpr qsizetype longestRequest = 300; // characters of what a client says
constexpr int firstRefusal = 400; // of the status codes

} // namespace

void ApiRequestsModel::add(const QByteArray& method, const QString& path, int status, const QString& error)
{
    if (m_rows.size() == most) {
        beginRemoveRows({}, 0, 0);
        m_rows.pop_front();
        endRemoveRows();
    }
    const int row = rowCount();
    const QString asked = (method.isEmpty() ? QString() : QString::fromLatin1(method) + u' ') + path;
    const QString said = QString::number(status) + (error.isEmpty() ? QString() : u' ' + error);
    beginInsertRows({}, row, row);
    m_rows.push_back({ QTime::currentTime(), visibleText(asked, longestRequest), visibleText(said, longestRequest),
        status >= firstRefusal });
    endInsertRows();
}

int ApiRequestsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ApiRequestsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant ApiRequestsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == Time   ? row.time.toString(QStringLiteral("HH:mm:ss.zzz"))
            : index.column() == Request ? row.request
                                        : row.answer;
    case Qt::FontRole:
        return index.column() == Request ? QVariant(Theme::instance().monospace()) : QVariant();
    case Qt::ForegroundRole:
        return index.column() == Answer && row.isRefused ? QVariant(Theme::instance().error()) : QVariant();
    default:
        return {};
    }
}

QVariant ApiRequestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Request:
        return tr("Request");
    case Answer:
        return tr("Answer");
    default:
        return {};
    }
}

} // namespace sockeye
