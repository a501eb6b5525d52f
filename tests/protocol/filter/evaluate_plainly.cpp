// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random_filter.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace sockeye::plain {

namespace {

using Type = Value::Type;

bool isString(const Value& value)
{
    return value.type == Type::Text || value.type == Type::Bytes;
}

} // namespace

int compared(const Value& left, const Value& right)
{
    const auto isQuantity = [](const Value& value) { return value.type == Type::Number || value.type == Type::Time; };
    if (isQuantity(left) && isQuantity(right)) {
        return left.number < right.number ? -1 : left.number > right.number ? 1 : 0;
    }
    if (isString(left) && isString(right)) {
        const auto less = [](const QByteArray& a, const QByteArray& b) {
            return std::lexicographical_compare(
                a.cbegin(), a.cend(), b.cbegin(), b.cend(), [](char x, char y) { return uchar(x) < uchar(y); });
        };
        return less(left.bytes, right.bytes) ? -1 : less(right.bytes, left.bytes) ? 1 : 0;
    }
    if (left.type != right.type || left.type == Type::Nothing || left.type == Type::Container) {
        return 2;
    }
    if (left.type == Type::Address) {
        if (left.bytes.size() != right.bytes.size()) {
            return 2;
        }
        const int bits = std::min({ left.bits < 0 ? 128 : left.bits, right.bits < 0 ? 128 : right.bits,
            static_cast<int>(8 * left.bytes.size()) });
        for (int bit = 0; bit < bits; ++bit) {
            const int mask = 0x80 >> bit % 8;
            if ((left.bytes[bit / 8] & mask) != (right.bytes[bit / 8] & mask)) {
                return 2;
            }
        }
        return 0;
    }
    return left.type == Type::Null || left.number == right.number ? 0 : 2;
}

namespace {

struct Values {
    bool isThere = false;
    QList<Value> list;
};

Value fromJson(const QJsonValue& json)
{
    switch (json.type()) {
    case QJsonValue::Null:
        return { Type::Null, 0, {}, -1 };
    case QJsonValue::Bool:
        return { Type::Boolean, json.toBool() ? 1.0 : 0.0, {}, -1 };
    case QJsonValue::Double:
        return { Type::Number, json.toDouble(), {}, -1 };
    case QJsonValue::String:
        return { Type::Text, 0, json.toString().toUtf8(), -1 };
    case QJsonValue::Array:
        return { Type::Container, double(json.toArray().size()), {}, -1 };
    case QJsonValue::Object:
        return { Type::Container, double(json.toObject().size()), {}, -1 };
    default:
        return {};
    }
}

Value slicedValue(const Value& value, int first, int length)
{
    if (value.type == Type::Bytes) {
        const qsizetype begin = first < 0 ? first + value.bytes.size() : first;
        const qsizetype count = std::max(1, length);
        if (begin < 0 || begin + count > value.bytes.size()) {
            return {};
        }
        return length == 0 ? Value { Type::Number, double(uchar(value.bytes[begin])), {}, -1 }
                           : Value { Type::Bytes, 0, value.bytes.mid(begin, count), -1 };
    }
    if (value.type == Type::Text) {
        const auto characters = QString::fromUtf8(value.bytes).toUcs4();
        const qsizetype begin = first < 0 ? first + characters.size() : first;
        const qsizetype count = std::max(1, length);
        if (begin < 0 || begin + count > characters.size()) {
            return {};
        }
        QString part;
        for (const uint character : characters.mid(begin, count)) {
            part += QString::fromUcs4(reinterpret_cast<const char32_t*>(&character), 1);
        }
        return { Type::Text, 0, part.toUtf8(), -1 };
    }
    return {};
}

bool walk(const QJsonValue& json, const QList<Part>& path, qsizetype at, QList<Value>& out)
{
    if (at == path.size()) {
        out.append(fromJson(json));
        return true;
    }
    const Part& part = path[at];
    if (!part.name.isNull()) {
        return json.isObject() && json.toObject().contains(part.name)
            && walk(json.toObject().value(part.name), path, at + 1, out);
    }
    if (part.index && json.isString() && at + 1 == path.size()) {
        out.append(slicedValue(fromJson(json), *part.index, 0));
        return true;
    }
    if (!json.isArray()) {
        return false;
    }
    const QJsonArray list = json.toArray();
    if (part.index) {
        const qsizetype index = *part.index < 0 ? *part.index + list.size() : *part.index;
        return index >= 0 && index < list.size() && walk(list[index], path, at + 1, out);
    }
    for (const QJsonValue& each : list) {
        if (!walk(each, path, at + 1, out)) {
            out.append(Value());
        }
    }
    return true;
}

QByteArray asText(const Value& value)
{
    switch (value.type) {
    case Type::Number:
        return QByteArray::number(value.number);
    case Type::Boolean:
        return value.number != 0 ? "true" : "false";
    case Type::Null:
        return "null";
    default:
        return value.bytes;
    }
}

Value called(const QString& function, const Value& value)
{
    const bool isNothing = value.type == Type::Nothing || value.type == Type::Container;
    if (function == u"len") {
        switch (value.type) {
        case Type::Text:
            return { Type::Number, double(QString::fromUtf8(value.bytes).toUcs4().size()), {}, -1 };
        case Type::Bytes:
            return { Type::Number, double(value.bytes.size()), {}, -1 };
        case Type::Container:
            return { Type::Number, value.number, {}, -1 };
        default:
            return {};
        }
    }
    if (function == u"lower") {
        return value.type == Type::Text ? Value { Type::Text, 0, QString::fromUtf8(value.bytes).toLower().toUtf8(), -1 }
                                        : Value();
    }
    return isNothing ? Value() : Value { Type::Text, 0, asText(value), -1 };
}

Values valuesOf(const Side& side, const Row& row)
{
    Values values;
    bool isMany = false;
    if (side.field.isEmpty()) {
        values = { true, { side.literal } };
    } else if (side.field == u"json") {
        isMany = std::any_of(
            side.path.cbegin(), side.path.cend(), [](const Part& part) { return part.name.isNull() && !part.index; });
        values.isThere = row.json && walk(*row.json, side.path, 0, values.list);
    } else {
        values = { row.values.contains(side.field), { row.values.value(side.field) } };
    }
    for (Value& value : values.list) {
        value = side.slice ? slicedValue(value, side.slice->first, side.slice->second) : value;
    }
    for (const QString& function : side.functions) {
        if (function == u"count") {
            double count = 0;
            for (const Value& value : values.list) {
                count += !isMany && value.type == Type::Container ? value.number : value.type != Type::Nothing ? 1 : 0;
            }
            values.list = { { Type::Number, count, {}, -1 } };
        } else if (function != u"all" && function != u"any") {
            for (Value& value : values.list) {
                value = called(function, value);
            }
        }
    }
    // A field or a slice of it that is not there; within lists it is one of the values.
    if (side.field != u"json" && values.list.first().type == Type::Nothing) {
        values.isThere = false;
    }
    return values;
}

bool passes(const QString& operation, const Value& left, const Value& right)
{
    if (operation == u"contains") {
        return isString(left) && isString(right) && left.bytes.contains(right.bytes);
    }
    const int order = compared(left, right);
    return operation == u"==" ? order == 0
        : operation == u"<"   ? order == -1
        : operation == u"<="  ? order == -1 || order == 0
        : operation == u">"   ? order == 1
                              : order == 1 || order == 0;
}

template <typename Accepts> bool quantified(const Side& side, const Values& values, Accepts accepts)
{
    const bool all = !side.functions.isEmpty() && side.functions.last() == u"all";
    return values.isThere
        && (all ? std::all_of(values.list.cbegin(), values.list.cend(), accepts)
                : std::any_of(values.list.cbegin(), values.list.cend(), accepts));
}

} // namespace

bool matches(const Node& node, const Row& row, const Row* selected)
{
    switch (node.kind) {
    case '&':
        return matches(*node.left, row, selected) && matches(*node.right, row, selected);
    case '|':
        return matches(*node.left, row, selected) || matches(*node.right, row, selected);
    case '!':
        return !matches(*node.left, row, selected);
    default:
        break;
    }
    const auto side = [&](const Side& each) {
        return !each.selected ? valuesOf(each, row) : selected != nullptr ? valuesOf(each, *selected) : Values();
    };
    const Values left = side(node.leftSide);
    if (node.operation.isEmpty()) {
        const bool isFlag = node.leftSide.field == u"glued" || node.leftSide.field == u"marked";
        return quantified(node.leftSide, left,
            [&](const Value& value) { return value.type != Type::Nothing && (!isFlag || value.number != 0); });
    }
    if (node.operation == u"in") {
        return quantified(node.leftSide, left, [&](const Value& value) {
            return std::any_of(node.set.cbegin(), node.set.cend(), [&](const auto& item) {
                return item.second ? passes(QStringLiteral(">="), value, item.first)
                        && passes(QStringLiteral("<="), value, *item.second)
                                   : compared(value, item.first) == 0;
            });
        });
    }
    if (node.operation == u"~") {
        // A line feed at the end is no end.
        const QRegularExpression pattern(QString(node.pattern).replace(u'$', QLatin1StringView("\\z")));
        return quantified(node.leftSide, left, [&](const Value& value) {
            const QString text =
                value.type == Type::Bytes ? QString::fromLatin1(value.bytes) : QString::fromUtf8(value.bytes);
            return isString(value) && pattern.match(text).hasMatch();
        });
    }
    const Values right = side(node.rightSide);
    const bool isNegative = node.operation == u"!=";
    const QString operation = isNegative ? QStringLiteral("==") : node.operation;
    // Without anything on the right even "all of nothing" is false.
    const bool passed = right.isThere && quantified(node.leftSide, left, [&](const Value& one) {
        return quantified(node.rightSide, right, [&](const Value& other) { return passes(operation, one, other); });
    });
    return passed != isNegative;
}

} // namespace sockeye::plain
