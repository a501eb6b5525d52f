// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/fields_model.h"

#include "ui/theme/theme.h"

#include <algorithm>

namespace sockeye {

namespace {

using Row = FieldsDraft::Row;

bool isFlag(const Row& row)
{
    return row.kind == Row::Kind::Value && row.field->kind == ShapeField::Kind::Boolean;
}

/// Whether the description says what it is, if nobody else does.
bool isComputed(const Row& row)
{
    return row.kind == Row::Kind::Value && (row.field->isComputed || row.field->isReferred);
}

QString typeOf(const ShapeField& field)
{
    switch (field.kind) {
    case ShapeField::Kind::Integer:
        return field.names.empty() ? FieldsModel::tr("a whole number, also as 0x1f")
                                   : FieldsModel::tr("one of its names, or a number");
    case ShapeField::Kind::Float:
        return FieldsModel::tr("a number");
    case ShapeField::Kind::Boolean:
        return FieldsModel::tr("true or false");
    case ShapeField::Kind::Text:
        return FieldsModel::tr("text");
    case ShapeField::Kind::Bytes:
        return FieldsModel::tr("bytes in hexadecimal, or \"text\" in double quotes");
    default:
        return {};
    }
}

QString toolTip(const Row& row)
{
    QStringList lines { QString::fromUtf8(row.path) };
    if (const QString type = typeOf(*row.field); !type.isEmpty() && row.kind == Row::Kind::Value) {
        lines.append(type);
    }
    if (isComputed(row)) {
        lines.append(row.isSet
                ? FieldsModel::tr("Set by hand. Clear it, and it is computed again.")
                : FieldsModel::tr("Computed. What is typed here goes out in its place, right or wrong."));
    }
    if (!row.field->doc.isEmpty()) {
        lines.append(QString::fromUtf8(row.field->doc).simplified());
    }
    return lines.join(u'\n');
}

} // namespace

/// The rows may be others afterwards: views keep their place by row.
template <typename Change> void FieldsModel::change(Change&& apply)
{
    FieldsDraft next = m_draft;
    apply(next);
    const auto before = static_cast<int>(m_draft.rows().size());
    const auto now = static_cast<int>(next.rows().size());
    const bool isSame = std::equal(m_draft.rows().cbegin(), m_draft.rows().cend(), next.rows().cbegin(),
        next.rows().cend(), [](const Row& a, const Row& b) { return a.path == b.path && a.kind == b.kind; });
    if (isSame) {
        m_draft = std::move(next);
        if (now > 0) {
            Q_EMIT dataChanged(index(0, 0), index(now - 1, ColumnCount - 1));
        }
        return;
    }
    // Only what differs, so that the selection and the place stay.
    const auto [firstOld, firstNew] =
        std::mismatch(m_draft.rows().cbegin(), m_draft.rows().cend(), next.rows().cbegin(), next.rows().cend(),
            [](const Row& a, const Row& b) { return a.path == b.path && a.kind == b.kind; });
    const auto first = static_cast<int>(firstOld - m_draft.rows().cbegin());
    if (before > first) {
        beginRemoveRows({}, first, before - 1);
        m_rows = first;
        endRemoveRows();
    }
    m_draft = std::move(next);
    m_rows = first;
    if (now > first) {
        beginInsertRows({}, first, now - 1);
        m_rows = now;
        endInsertRows();
    }
    if (first > 0) {
        Q_EMIT dataChanged(index(0, 0), index(first - 1, ColumnCount - 1));
    }
}

void FieldsModel::setDraft(FieldsDraft draft)
{
    beginResetModel();
    m_draft = std::move(draft);
    m_rows = static_cast<int>(m_draft.rows().size());
    endResetModel();
}

bool FieldsModel::take(const QByteArray& message)
{
    bool taken = false;
    change([&](FieldsDraft& draft) { taken = draft.take(message); });
    return taken;
}

void FieldsModel::compute(const QModelIndex& index)
{
    const QByteArray path = m_draft.rows()[static_cast<std::size_t>(index.row())].path;
    change([&](FieldsDraft& draft) { draft.unset(path); });
    Q_EMIT edited();
}

int FieldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int FieldsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FieldsModel::value(const Row& row, int role) const
{
    if (row.kind == Row::Kind::Group || (isFlag(row) && role == Qt::DisplayRole)) {
        return {};
    }
    if (row.kind == Row::Kind::Repeat && role == Qt::DisplayRole) {
        return tr("%n element(s)", nullptr, row.value.toInt());
    }
    return row.value;
}

QVariant FieldsModel::data(const QModelIndex& index, int role) const
{
    const Row& row = m_draft.rows()[static_cast<std::size_t>(index.row())];
    switch (role) {
    case DepthRole:
        return row.depth;
    case IsComputedRole:
        return isComputed(row) && !row.isSet;
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::ForegroundRole:
        return index.column() == Value && isComputed(row) && !row.isSet ? QVariant(Theme::instance().muted())
                                                                        : QVariant();
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::AccessibleTextRole:
        if (index.column() == Value) {
            return value(row, role);
        }
        return row.element >= 0 ? QString(u'[' + QString::number(row.element) + u']')
                                : QString::fromUtf8(row.field->id);
    case Qt::CheckStateRole:
        return index.column() == Value && isFlag(row)
            ? QVariant(row.value == u"true" || row.value == u"1" ? Qt::Checked : Qt::Unchecked)
            : QVariant();
    case ChoicesRole: {
        QStringList names;
        for (const auto& [name, number] : row.field->names) {
            names.append(QString::fromUtf8(name));
        }
        return names;
    }
    default:
        return {};
    }
}

QVariant FieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Field") : tr("Value");
}

Qt::ItemFlags FieldsModel::flags(const QModelIndex& index) const
{
    const Row& row = m_draft.rows()[static_cast<std::size_t>(index.row())];
    const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
    if (index.column() != Value || row.kind == Row::Kind::Group) {
        return plain;
    }
    return plain | (isFlag(row) ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

bool FieldsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Row row = m_draft.rows()[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole) {
        change([&](FieldsDraft& draft) {
            draft.set(row.path, value.toInt() == Qt::Checked ? QStringLiteral("true") : QStringLiteral("false"));
        });
    } else if (role == Qt::EditRole && (value.toString() != row.value || !row.isSet)) {
        // A number or a length that is cleared is computed again; a text may be empty.
        const bool clears = value.toString().isEmpty()
            && (isComputed(row) || row.field->kind == ShapeField::Kind::Integer
                || row.field->kind == ShapeField::Kind::Float);
        if (!clears && !row.isSet && value.toString() == row.value && isComputed(row)) {
            return false; // looked at, and left alone
        }
        change([&](FieldsDraft& draft) { clears ? draft.unset(row.path) : draft.set(row.path, value.toString()); });
    } else {
        return false;
    }
    Q_EMIT edited();
    return true;
}

} // namespace sockeye
