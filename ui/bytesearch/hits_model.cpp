// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bytesearch/hits_model.h"

#include "app/reading/capture.h"
#include "protocol/hex/hex_reader.h"
#include "protocol/text/visible_text.h"
#include "ui/bytesearch/hit_details.h"
#include "ui/models/ticker.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace sockeye {

namespace {

// Qt's table view counts pixels in an int.
constexpr int mostRows = 50'000'000;
// Around the match; no protocol's texts have these.
constexpr QChar opening = u'»';
constexpr QChar closing = u'«';

QString around(const ByteHitDetail& detail, bool isHex)
{
    const auto form = [isHex](const QByteArray& bytes) { return isHex ? hexText(bytes) : visibleText(bytes); };
    const QString gap = isHex ? QStringLiteral(" ") : QString();
    const QString more = detail.match.size() < detail.size ? QStringLiteral("…") : QString();
    return form(detail.before) + gap + opening + form(detail.match) + more + closing + gap + form(detail.after);
}

bool isTextColumn(HitsModel::Column column)
{
    return column == HitsModel::Column::Bytes || column == HitsModel::Column::Text;
}

/// Of the cells and of the title.
int alignmentOf(HitsModel::Column column)
{
    const bool isLeft =
        isTextColumn(column) || column == HitsModel::Column::Page || column == HitsModel::Column::Direction;
    return int((isLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

HitsModel::HitsModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_details(new HitDetails(this))
{
    connect(&Ticker::instance(), &Ticker::tick, this, &HitsModel::takeNew);
    connect(m_details, &HitDetails::fetched, this,
        [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columns - 1)); });
}

HitsModel::~HitsModel() = default;

void HitsModel::clear()
{
    beginResetModel();
    m_parts.clear();
    m_runs.clear();
    m_count = 0;
    m_details->clear();
    endResetModel();
}

void HitsModel::add(const SearchTarget& target, std::shared_ptr<ByteSearch> search)
{
    takeNew();
    m_parts.push_back({ target, std::move(search) });
}

void HitsModel::takeNew()
{
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Part& part = m_parts[i];
        const qsizetype more = std::min<qsizetype>(part.search->hitCount() - part.taken, mostRows - m_count);
        if (more <= 0) {
            continue;
        }
        beginInsertRows({}, m_count, m_count + static_cast<int>(more) - 1);
        if (m_runs.empty() || m_runs.back().part != i) {
            m_runs.push_back({ m_count, i, part.taken });
        }
        part.taken += more;
        m_count += static_cast<int>(more);
        endInsertRows();
    }
    takeRows();
}

void HitsModel::takeRows()
{
    bool isNew = false;
    for (Part& part : m_parts) {
        const int revision = part.search->rowsRevision();
        isNew = isNew || revision != part.rowsRevision;
        part.rowsRevision = revision;
    }
    if (isNew && m_count > 0) {
        constexpr int column = static_cast<int>(Column::Message);
        Q_EMIT dataChanged(index(0, column), index(m_count - 1, column), { Qt::DisplayRole });
    }
}

HitsModel::Place HitsModel::placeOf(int row) const
{
    const Run& run = *(std::ranges::upper_bound(m_runs, row, {}, &Run::begin) - 1);
    return { m_parts[run.part], run.first + (row - run.begin) };
}

HitsModel::Hit HitsModel::hit(int row) const
{
    const auto [part, i] = placeOf(row);
    const ByteHitDetail* const known = detail(row);
    const qint64 size =
        part.search->needle().isPattern() ? (known != nullptr ? known->size : 0) : part.search->needle().bytes().size();
    return { part.target, part.search->hit(i), part.search->rowOf(i), size };
}

const ByteHitDetail* HitsModel::detail(int row) const
{
    const auto [part, i] = placeOf(row);
    return m_details->detail(row, part.search, part.search->hit(i));
}

int HitsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int HitsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString HitsModel::text(int row, Column column) const
{
    const auto [part, i] = placeOf(row);
    const StreamPlace place = part.search->hit(i);
    switch (column) {
    case Column::Page:
        return part.target.title;
    case Column::Connection:
        return QStringLiteral("#%1").arg(place.connection);
    case Column::Direction:
        return place.direction == Direction::In ? tr("← in") : tr("→ out");
    case Column::Offset:
        return groupedNumber(place.offset);
    case Column::Message:
        return !part.search->hasRows()   ? QString()
            : part.search->rowOf(i) >= 0 ? groupedNumber(part.search->rowOf(i) + 1)
                                         : tr("none", "these bytes are of no message");
    case Column::Time:
    case Column::Bytes:
    case Column::Text:
        break;
    }
    const ByteHitDetail* const known = detail(row);
    if (known == nullptr) {
        return {};
    }
    return column == Column::Time ? secondsText(known->time - part.search->capture()->startTime())
                                  : around(*known, column == Column::Bytes);
}

QVariant HitsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto column = static_cast<Column>(index.column());
    const bool isText = isTextColumn(column);
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), column);
    case Qt::ToolTipRole:
        if (const ByteHitDetail* const known = column == Column::Time ? detail(index.row()) : nullptr) {
            return absoluteTimeText(known->time);
        }
        return isText || column == Column::Page ? text(index.row(), column).toHtmlEscaped() : QString();
    case Qt::FontRole:
        return isText ? QVariant(Theme::instance().monospace()) : QVariant();
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    default:
        return {};
    }
}

QVariant HitsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns) {
        return {};
    }
    if (role != Qt::DisplayRole) {
        return role == Qt::TextAlignmentRole ? QVariant(alignmentOf(static_cast<Column>(section))) : QVariant();
    }
    switch (static_cast<Column>(section)) {
    case Column::Page:
        return tr("Page");
    case Column::Connection:
        return tr("Conn.", "connection, as the title of a narrow column");
    case Column::Direction:
        return tr("Direction");
    case Column::Time:
        return tr("Time");
    case Column::Message:
        return tr("Message");
    case Column::Offset:
        return tr("Offset");
    case Column::Bytes:
        return tr("Bytes");
    case Column::Text:
        return tr("Text");
    }
    return {};
}

} // namespace sockeye
