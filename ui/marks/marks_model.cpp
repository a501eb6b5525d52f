// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/marks_model.h"

#include "protocol/text/visible_text.h"
#include "ui/marks/mark_words.h"
#include "ui/models/ticker.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <algorithm>
#include <tuple>

namespace sockeye {

namespace {

/// Of the cells and of the title.
int alignmentOf(MarksModel::Column column)
{
    using Column = MarksModel::Column;
    const bool isNumber = column == Column::Connection || column == Column::Time || column == Column::Offset;
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

MarksModel::MarksModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    connect(&Ticker::instance(), &Ticker::tick, this, &MarksModel::takeNew);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (!m_marks.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1), { Qt::BackgroundRole });
        }
    });
}

void MarksModel::setCapture(std::shared_ptr<Capture> capture)
{
    beginResetModel();
    m_capture = std::move(capture);
    m_marks.clear();
    m_revision = 0;
    endResetModel();
    takeNew();
}

void MarksModel::takeNew()
{
    const quint64 revision = m_capture ? m_capture->marks().revision() : 0;
    if (revision == m_revision) {
        return;
    }
    beginResetModel();
    m_revision = revision;
    m_marks = m_capture->marks().all();
    std::ranges::stable_sort(m_marks, {}, &MessageMark::time);
    endResetModel();
}

int MarksModel::rowOf(const StreamPlace& place) const
{
    const auto found = std::ranges::find(m_marks, place, &MessageMark::place);
    return found == m_marks.end() ? -1 : static_cast<int>(found - m_marks.begin());
}

void MarksModel::remove(int row)
{
    m_capture->marks().remove(mark(row).place);
    takeNew();
}

int MarksModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_marks.size());
}

int MarksModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString MarksModel::text(const MessageMark& mark, Column column) const
{
    switch (column) {
    case Column::Mark:
        return markText({ mark.place, mark.time, mark.colour, {} });
    case Column::Note:
        return visibleText(mark.note);
    case Column::Connection:
        return QStringLiteral("#%1").arg(mark.place.connection);
    case Column::Direction:
        return mark.place.direction == Direction::In ? tr("← in") : tr("→ out");
    case Column::Time:
        return secondsText(mark.time - m_capture->startTime());
    case Column::Offset:
        return groupedNumber(mark.place.offset);
    }
    return {};
}

QVariant MarksModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<Column>(index.column());
    const MessageMark& its = mark(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(its, column);
    case Qt::EditRole:
        return column == Column::Note ? QVariant(its.note) : QVariant();
    case Qt::ToolTipRole:
        return column == Column::Time ? absoluteTimeText(its.time)
            : column == Column::Note  ? text(its, column).toHtmlEscaped()
                                      : QString();
    case Qt::BackgroundRole:
        return column == Column::Mark ? QVariant(Theme::instance().markTint(its.colour)) : QVariant();
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    default:
        return {};
    }
}

bool MarksModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    MessageMark its = mark(index.row());
    its.note = value.toString().trimmed();
    m_capture->marks().set(std::move(its));
    return true; // takeNew() shows it: a reset in here would take the editor's ground away
}

Qt::ItemFlags MarksModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return static_cast<Column>(index.column()) == Column::Note ? usual | Qt::ItemIsEditable : usual;
}

QVariant MarksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) {
        return {};
    }
    if (role != Qt::DisplayRole) {
        return role == Qt::TextAlignmentRole ? QVariant(alignmentOf(static_cast<Column>(section))) : QVariant();
    }
    switch (static_cast<Column>(section)) {
    case Column::Mark:
        return tr("Mark");
    case Column::Note:
        return tr("Note");
    case Column::Connection:
        return tr("Conn.", "connection, as the title of a narrow column");
    case Column::Direction:
        return tr("Direction");
    case Column::Time:
        return tr("Time");
    case Column::Offset:
        return tr("Offset");
    }
    return {};
}

} // namespace sockeye
