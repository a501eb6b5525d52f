// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/composer/fields_draft.h"

#include <algorithm>
#include <optional>

namespace sockeye {

namespace {

constexpr int deepest = 16;
constexpr std::size_t mostRows = 2'000;
constexpr int mostElements = 500; // of one field, in a form
constexpr qsizetype mostTaken = 64 * 1024; // bytes of a message that a form can show

/// What an expression means that stands for a value: "kinds::ping" the name, "0x10" the number.
QByteArray lastPart(const QByteArray& expression)
{
    const qsizetype colons = expression.lastIndexOf("::");
    return (colons < 0 ? expression : expression.sliced(colons + 2)).trimmed();
}

std::optional<qint64> numberOf(const QByteArray& text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber, 0);
    return isNumber ? std::optional(value) : std::nullopt;
}

/// Whether a case's key is that value, which may be written as a name or as a number of an enum.
bool isKey(const QByteArray& key, const QByteArray& value, const ShapeField* on)
{
    const QByteArray wanted = lastPart(key);
    if (wanted == value || (numberOf(wanted) && numberOf(wanted) == numberOf(value))) {
        return true;
    }
    return on != nullptr && std::any_of(on->names.cbegin(), on->names.cend(), [&](const auto& name) {
        return (name.first == wanted && numberOf(name.second) == numberOf(value))
            || (name.first == value && numberOf(name.second) == numberOf(wanted));
    });
}

/// Whether nobody but the user can say what it is.
bool needsValue(const ShapeField& field)
{
    // A number that others refer to follows from them, but not a choice among names.
    return !field.isComputed && (!field.isReferred || !field.names.empty()) && !field.isOptional
        && field.kind != ShapeField::Kind::Switch && field.kind != ShapeField::Kind::Unknown;
}

/// What goes out until the user says something.
QString emptyValue(const ShapeField& field)
{
    switch (field.kind) {
    case ShapeField::Kind::Integer:
        return field.names.empty() ? QStringLiteral("0") : QString::fromUtf8(field.names.front().first);
    case ShapeField::Kind::Float:
        return QStringLiteral("0");
    case ShapeField::Kind::Boolean:
        return QStringLiteral("false");
    default:
        return {};
    }
}

/// "items" of "items[3]".
QByteArray withoutPlace(const QByteArray& path)
{
    return path.endsWith(']') ? path.first(path.lastIndexOf('[')) : path;
}

} // namespace

FieldsDraft::FieldsDraft(const ProtocolPtr& protocol, Sender sender)
    : m_protocol(spokenBy(protocol, sender))
    , m_shape(m_protocol->shape().value_or(MessageShape()))
{
    build();
}

void FieldsDraft::set(const QByteArray& path, const QString& value)
{
    const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const Row& each) { return each.path == path; });
    if (row != m_rows.cend() && row->kind == Row::Kind::Repeat) {
        m_counts.insert(path, std::clamp(value.toInt(), 0, mostElements));
        // What was set of elements that are gone would bring them back.
        const QByteArray prefix = path + '[';
        m_set.removeIf([&](std::pair<const QByteArray&, QString&> each) {
            const qsizetype close = each.first.indexOf(']', prefix.size());
            return each.first.startsWith(prefix) && close > 0
                && each.first.sliced(prefix.size(), close - prefix.size()).toInt() >= m_counts.value(path);
        });
    } else {
        m_set.insert(path, value);
    }
    build();
}

void FieldsDraft::unset(const QByteArray& path)
{
    m_set.remove(path);
    build();
}

bool FieldsDraft::take(const QByteArray& message)
{
    if (isEmpty() || message.size() > mostTaken) {
        return false;
    }
    if (m_bytes && *m_bytes == message) {
        return true;
    }
    const auto before = std::make_pair(m_set, m_counts);
    m_set.clear();
    m_counts.clear();
    const QList<FieldValue> values = m_protocol->values(message, {});
    for (const FieldValue& each : values) {
        for (qsizetype at = each.path.indexOf('['); at >= 0; at = each.path.indexOf('[', at + 1)) {
            const int place = each.path.sliced(at + 1, each.path.indexOf(']', at) - at - 1).toInt();
            int& count = m_counts[each.path.first(at)];
            count = std::clamp(place + 1, count, mostElements);
        }
        m_found.insert(each.path, each.value);
    }
    layOut();
    const QHash<QByteArray, QString> found = m_found;
    const auto setAll = [&](const std::vector<Row>& rows, bool alsoComputed) {
        for (const Row& row : rows) {
            const bool isOwn = !row.field->isComputed && (!row.field->isReferred || !row.field->names.empty());
            if (row.kind == Row::Kind::Value && (isOwn || alsoComputed) && found.contains(row.path)) {
                m_set.insert(row.path, found.value(row.path));
            }
        }
    };
    const std::vector<Row> rows = m_rows;
    setAll(rows, false);
    build();
    if (m_bytes && *m_bytes == message) {
        return true;
    }
    // What is computed otherwise than it stands there was meant so.
    setAll(rows, true);
    build();
    if (m_bytes && *m_bytes == message) {
        return true;
    }
    std::tie(m_set, m_counts) = before;
    m_found.clear();
    build();
    return false;
}

void FieldsDraft::build()
{
    if (isEmpty()) {
        return;
    }
    layOut();
    QList<FieldValue> values;
    for (const Row& row : m_rows) {
        if (row.kind == Row::Kind::Value && (row.isSet || needsValue(*row.field))) {
            values.append(FieldValue { row.path, row.isSet ? row.value : emptyValue(*row.field) });
        }
    }
    m_bytes = m_protocol->build(values);
    m_found.clear();
    if (m_bytes) {
        const QList<FieldValue> found = m_protocol->values(*m_bytes, {});
        for (const FieldValue& each : found) {
            m_found.insert(each.path, each.value);
        }
    }
    layOut();
}

void FieldsDraft::layOut()
{
    m_rows.clear();
    addFields(0, {}, 0);
}

void FieldsDraft::addFields(int type, const QByteArray& prefix, int depth)
{
    if (type < 0 || depth > deepest) {
        return;
    }
    for (const ShapeField& field : m_shape.types[static_cast<std::size_t>(type)].fields) {
        if (!field.isInstance && !field.id.isEmpty() && m_rows.size() < mostRows) {
            addField(field, prefix.isEmpty() ? field.id : QByteArray(prefix + '.' + field.id), depth);
        }
    }
}

void FieldsDraft::addField(const ShapeField& field, const QByteArray& path, int depth)
{
    if (!field.isRepeated) {
        addValue(field, path, depth, -1);
        return;
    }
    const int count = m_counts.value(path);
    m_rows.push_back(
        Row { path, &field, Row::Kind::Repeat, depth, -1, m_counts.contains(path), QString::number(count) });
    for (int i = 0; i < count && m_rows.size() < mostRows; ++i) {
        addValue(field, path + '[' + QByteArray::number(i) + ']', depth + 1, i);
    }
}

void FieldsDraft::addValue(const ShapeField& field, const QByteArray& path, int depth, int element)
{
    const int type = typeOf(field, path);
    Row row { path, &field, type >= 0 ? Row::Kind::Group : Row::Kind::Value, depth, element, m_set.contains(path),
        shown(path) };
    if (row.kind == Row::Kind::Group) {
        row.isSet = false;
    } else if (!row.isSet && row.value.isEmpty() && needsValue(field)) {
        row.value = emptyValue(field);
    }
    m_rows.push_back(row);
    addFields(type, path, depth + 1);
}

/// The type whose fields a value has; -1 for one that has none.
int FieldsDraft::typeOf(const ShapeField& field, const QByteArray& path) const
{
    if (field.kind != ShapeField::Kind::Switch) {
        return field.kind == ShapeField::Kind::Struct ? field.type : -1;
    }
    // What it depends on stands mostly beside it.
    const QByteArray own = withoutPlace(path);
    const qsizetype dot = own.lastIndexOf('.');
    const QByteArray beside = (dot < 0 ? QByteArray() : own.first(dot + 1)) + field.switchOn.trimmed();
    const auto on =
        std::find_if(m_rows.crbegin(), m_rows.crend(), [&](const Row& each) { return each.path == beside; });
    const QByteArray value = on != m_rows.crend() ? on->value.toUtf8() : QByteArray();
    const ShapeField* const onField = on != m_rows.crend() ? on->field : nullptr;
    int other = -1;
    for (const ShapeField::Case& each : field.cases) {
        if (each.key == "_") {
            other = each.type;
        } else if (!value.isEmpty() && isKey(each.key, value, onField)) {
            return each.type;
        }
    }
    return other;
}

QString FieldsDraft::shown(const QByteArray& path) const
{
    const auto set = m_set.constFind(path);
    return set != m_set.constEnd() ? *set : m_found.value(path);
}

} // namespace sockeye
