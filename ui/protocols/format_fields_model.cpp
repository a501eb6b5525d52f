// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/protocols/format_fields_model.h"

#include "protocol/hex/hex_reader.h"
#include "ui/theme/theme.h"

#include <QStringList>

namespace sockeye {

namespace {
using kaitai::SimpleField;
} // namespace

FormatFieldsModel::FormatFieldsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void FormatFieldsModel::setFields(const QList<SimpleField>& fields)
{
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

void FormatFieldsModel::setMistake(qsizetype field, const QString& text)
{
    m_wrong = field;
    m_mistake = text;
    if (!m_fields.isEmpty()) {
        Q_EMIT dataChanged(
            index(0, 0), index(rowCount() - 1, ColumnCount - 1), { Qt::ForegroundRole, Qt::ToolTipRole });
    }
}

void FormatFieldsModel::add(int row)
{
    SimpleField field;
    QStringList names;
    for (const SimpleField& each : std::as_const(m_fields)) {
        names.append(each.name);
    }
    for (int number = 1; field.name.isEmpty() || names.contains(field.name); ++number) {
        field.name = QStringLiteral("field_%1").arg(number);
    }
    beginInsertRows({}, row, row);
    m_fields.insert(row, field);
    endInsertRows();
    Q_EMIT edited();
}

void FormatFieldsModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_fields.removeAt(row);
    endRemoveRows();
    Q_EMIT edited();
}

void FormatFieldsModel::move(int row, int by)
{
    if (row + by < 0 || row + by >= rowCount()) {
        return;
    }
    beginMoveRows({}, row, row, {}, by > 0 ? row + by + 1 : row + by);
    m_fields.move(row, row + by);
    endMoveRows();
    Q_EMIT edited();
}

QStringList FormatFieldsModel::kindTexts()
{
    return { tr("Constant bytes"), tr("Number, unsigned"), tr("Number, signed"), tr("Floating-point number"),
        tr("Bytes"), tr("Text"), tr("Checksum") };
}

QString FormatFieldsModel::kindText(SimpleField::Kind kind)
{
    return kindTexts().value(static_cast<int>(kind));
}

bool FormatFieldsModel::hasSize(SimpleField::Kind kind)
{
    return kind != SimpleField::Kind::Constant && kind != SimpleField::Kind::Checksum;
}

bool FormatFieldsModel::hasValue(SimpleField::Kind kind)
{
    return kind == SimpleField::Kind::Constant || kind == SimpleField::Kind::Checksum
        || kind == SimpleField::Kind::Bytes || kind == SimpleField::Kind::Text;
}

int FormatFieldsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int FormatFieldsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FormatFieldsModel::sizeText(const SimpleField& field) const
{
    if (!hasSize(field.kind)
        || ((field.kind == SimpleField::Kind::Bytes || field.kind == SimpleField::Kind::Text)
            && !field.bytes.isEmpty())) {
        return {};
    }
    return !field.sizeField.isEmpty() ? field.sizeField : field.size > 0 ? QString::number(field.size) : QString();
}

QString FormatFieldsModel::valueText(const SimpleField& field) const
{
    switch (field.kind) {
    case SimpleField::Kind::Constant:
        return hexText(field.bytes);
    case SimpleField::Kind::Bytes:
    case SimpleField::Kind::Text:
        return field.bytes.isEmpty() ? QString() : tr("up to %1").arg(hexText(field.bytes));
    case SimpleField::Kind::Checksum:
        return field.algorithm;
    default:
        return {};
    }
}

QVariant FormatFieldsModel::data(const QModelIndex& index, int role) const
{
    const SimpleField& field = m_fields.at(index.row());
    if (role == Qt::ForegroundRole) {
        return index.row() == m_wrong ? QVariant(Theme::instance().error()) : QVariant();
    }
    if (role == Qt::ToolTipRole && index.row() == m_wrong) {
        return m_mistake;
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (index.column()) {
    case Name:
        return field.name;
    case Kind:
        return role == Qt::EditRole ? QVariant(static_cast<int>(field.kind)) : QVariant(kindText(field.kind));
    case Size:
        return sizeText(field);
    default:
        return role == Qt::EditRole && !field.bytes.isEmpty() ? hexText(field.bytes) : valueText(field);
    }
}

QVariant FormatFieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    }
    const QStringList titles { tr("Name"), tr("What it is"), tr("Bytes"), tr("Value") };
    const QStringList tips { tr("Small letters, digits and underscores"), {},
        tr("How many bytes: a number, or the name of the field that says it"),
        tr("The constant bytes, or the bytes that end it, in hexadecimal; or the checksum's algorithm") };
    return role == Qt::DisplayRole ? QVariant(titles.value(section))
        : role == Qt::ToolTipRole  ? QVariant(tips.value(section))
                                   : QVariant();
}

Qt::ItemFlags FormatFieldsModel::flags(const QModelIndex& index) const
{
    const SimpleField& field = m_fields.at(index.row());
    const bool isOpen = index.column() == Size ? hasSize(field.kind)
        : index.column() == Value              ? hasValue(field.kind)
                                               : true;
    return isOpen ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable : QAbstractTableModel::flags(index);
}

void FormatFieldsModel::takeSize(SimpleField& field, const QString& text)
{
    bool isNumber = false;
    field.size = text.trimmed().toInt(&isNumber);
    field.sizeField = isNumber ? QString() : text.trimmed();
    if (!text.trimmed().isEmpty()) {
        field.bytes.clear();
    }
}

void FormatFieldsModel::takeValue(SimpleField& field, const QString& text)
{
    if (field.kind == SimpleField::Kind::Checksum) {
        field.algorithm = text.trimmed();
        return;
    }
    if (const auto read = readHex(text)) {
        field.bytes = read->bytes;
    }
    if (!field.bytes.isEmpty() && field.kind != SimpleField::Kind::Constant) {
        field.size = 0;
        field.sizeField.clear();
    }
}

bool FormatFieldsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !index.isValid()) {
        return false;
    }
    SimpleField& field = m_fields[index.row()];
    switch (index.column()) {
    case Name:
        field.name = value.toString().trimmed();
        break;
    case Kind:
        field.kind = static_cast<SimpleField::Kind>(value.toInt());
        if (field.kind == SimpleField::Kind::Checksum && field.algorithm.isEmpty()) {
            field.algorithm = QStringLiteral("crc-16/modbus");
        }
        if (field.kind == SimpleField::Kind::Float && field.size < 4) {
            field.size = 4;
        }
        break;
    case Size:
        takeSize(field, value.toString());
        break;
    default:
        takeValue(field, value.toString());
    }
    Q_EMIT dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

} // namespace sockeye
