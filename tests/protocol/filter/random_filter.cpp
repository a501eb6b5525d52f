// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random_filter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace sockeye::plain {

namespace {

using Type = Value::Type;

template <typename List> auto oneOf(QRandomGenerator& random, const List& list)
{
    return *(std::begin(list) + random.bounded(static_cast<int>(std::size(list))));
}

bool chance(QRandomGenerator& random, int percent)
{
    return random.bounded(100) < percent;
}

double randomNumber(QRandomGenerator& random)
{
    return random.bounded(-4, 8) / 2.0;
}

QString randomText(QRandomGenerator& random)
{
    static const QStringList letters { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("B"),
        QStringLiteral("é"), QStringLiteral("追"), QStringLiteral("\""), QStringLiteral("\\"), QStringLiteral("\n") };
    QString text;
    for (int size = random.bounded(5); size > 0; --size) {
        text += oneOf(random, letters);
    }
    return text;
}

QByteArray randomBytes(QRandomGenerator& random)
{
    QByteArray bytes;
    for (int size = random.bounded(6); size > 0; --size) {
        bytes += "\0ab\xff"[random.bounded(4)];
    }
    return bytes;
}

QJsonValue randomJson(QRandomGenerator& random, int depth)
{
    static const QStringList keys { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c d") };
    switch (random.bounded(depth > 0 ? 8 : 4)) {
    case 0:
        return randomNumber(random);
    case 1:
        return randomText(random);
    case 2:
        return chance(random, 50);
    case 3:
        return QJsonValue::Null;
    case 4:
    case 5: {
        QJsonArray list;
        for (int size = random.bounded(4); size > 0; --size) {
            list.append(randomJson(random, depth - 1));
        }
        return list;
    }
    default: {
        QJsonObject object;
        for (const QString& key : keys) {
            if (chance(random, 70)) {
                object.insert(key, randomJson(random, depth - 1));
            }
        }
        return object;
    }
    }
}

Value valueOfType(QRandomGenerator& random, Type type)
{
    Value value { type, randomNumber(random), {}, -1 };
    if (type == Type::Text) {
        value.bytes = randomText(random).toUtf8();
    } else if (type == Type::Bytes) {
        value.bytes = randomBytes(random);
    } else if (type == Type::Boolean) {
        value.number = chance(random, 50) ? 1 : 0;
    } else if (type == Type::Address) {
        value.bytes = QByteArray(chance(random, 70) ? 4 : 16, '\x12');
        value.bytes.back() = static_cast<char>(random.bounded(4));
    }
    return value;
}

struct FieldType {
    const char* name;
    Type type;
};
constexpr FieldType fieldTypes[] = {
    { "conn", Type::Number },
    { "size", Type::Number },
    { "time", Type::Time },
    { "gap", Type::Time },
    { "text", Type::Text },
    { "note", Type::Text },
    { "bytes", Type::Bytes },
    { "content", Type::Bytes },
    { "peer", Type::Address },
    { "local", Type::Address },
    { "glued", Type::Boolean },
    { "marked", Type::Boolean },
};

// Making.

Side randomSide(QRandomGenerator& random, Type type, bool mayBeLiteral)
{
    Side side;
    if (mayBeLiteral && chance(random, 60)) {
        side.literal = valueOfType(random, type);
        if (type == Type::Address && chance(random, 40)) {
            side.literal.bits = random.bounded(static_cast<int>(8 * side.literal.bytes.size()) + 1);
        }
        return side;
    }
    side.selected = chance(random, 10);
    const bool isTree = type == Type::Nothing || (type != Type::Address && type != Type::Boolean && chance(random, 40));
    if (!isTree) {
        do {
            const FieldType field = oneOf(random, fieldTypes);
            side.field = field.type == type ? QString::fromLatin1(field.name) : QString();
        } while (side.field.isEmpty());
    } else {
        side.field = QStringLiteral("json");
        for (int size = random.bounded(1, 4); size > 0; --size) {
            if (chance(random, 60)) {
                side.path.append(
                    { oneOf(random, QStringList { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c d") }),
                        {} });
            } else if (chance(random, 60)) {
                side.path.append(Part {});
            } else {
                side.path.append(Part { {}, random.bounded(-3, 3) });
            }
        }
    }
    const bool isString = type == Type::Text || type == Type::Bytes;
    if (isString && chance(random, 25)) {
        side.slice = { random.bounded(-4, 4), random.bounded(1, 3) };
    }
    if (type == Type::Text && chance(random, 30)) {
        side.functions.append(QStringLiteral("lower"));
    }
    if (isTree && type == Type::Text && chance(random, 30)) {
        side.functions.prepend(QStringLiteral("text"));
    }
    if (isTree && type == Type::Number && chance(random, 50)) {
        side.functions.append(chance(random, 50) ? QStringLiteral("len") : QStringLiteral("count"));
    }
    if (isTree && chance(random, 40)) {
        side.functions.append(chance(random, 70) ? QStringLiteral("all") : QStringLiteral("any"));
    }
    return side;
}

// Evaluating.

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

bool isString(const Value& value)
{
    return value.type == Type::Text || value.type == Type::Bytes;
}

/// -1, 0, 1; 2 for neither.
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

Row randomRow(QRandomGenerator& random)
{
    Row row;
    for (const FieldType& field : fieldTypes) {
        if (field.type == Type::Boolean || chance(random, 80)) {
            row.values.insert(QString::fromLatin1(field.name), valueOfType(random, field.type));
        }
    }
    if (chance(random, 90)) {
        QJsonValue json;
        do {
            json = randomJson(random, 3);
        } while (!json.isObject());
        row.json = json.toObject();
    }
    return row;
}

std::unique_ptr<FilterRow> toFilterRow(const Row& row)
{
    auto out = std::make_unique<FilterRow>();
    for (auto each = row.values.cbegin(); each != row.values.cend(); ++each) {
        const QByteArray name = each.key().toLatin1();
        const Value& value = each.value();
        switch (value.type) {
        case Type::Number:
            out->set(name.constData(),
                value.number == qint64(value.number) ? filter::Value::number(qint64(value.number))
                                                     : filter::Value::realNumber(value.number));
            break;
        case Type::Time:
            out->set(name.constData(), filter::Value::time(qint64(value.number * 1e9)));
            break;
        case Type::Boolean:
            out->set(name.constData(), filter::Value::boolean(value.number != 0));
            break;
        case Type::Text:
            out->set(name.constData(), filter::Value::text(value.bytes));
            break;
        case Type::Bytes:
            out->set(name.constData(), filter::Value::bytes(value.bytes));
            break;
        default:
            out->set(name.constData(), filter::Value::address(value.bytes));
            break;
        }
    }
    if (row.json) {
        out->setJson("json", QJsonDocument(*row.json).toJson(QJsonDocument::Compact));
    }
    return out;
}

std::unique_ptr<Node> randomFilter(QRandomGenerator& random, int depth)
{
    auto node = std::make_unique<Node>();
    if (depth > 0 && chance(random, 65)) {
        node->kind = "&|!"[random.bounded(3)];
        node->left = randomFilter(random, depth - 1);
        if (node->kind != '!') {
            node->right = randomFilter(random, depth - 1);
        }
        return node;
    }
    static constexpr Type types[] = { Type::Number, Type::Time, Type::Text, Type::Bytes, Type::Address, Type::Boolean };
    const Type type = oneOf(random, types);
    const bool isString = type == Type::Text || type == Type::Bytes;
    node->leftSide = randomSide(random, type, false);
    const int kind = random.bounded(10);
    if (kind == 0) {
        return node;
    }
    if (kind <= 2) {
        node->operation = QStringLiteral("in");
        for (int size = random.bounded(1, 4); size > 0; --size) {
            const Value first = valueOfType(random, type);
            const Value last = valueOfType(random, type);
            const bool isRange =
                type != Type::Boolean && type != Type::Address && compared(first, last) <= 0 && chance(random, 40);
            node->set.append({ first, isRange ? std::optional(last) : std::nullopt });
        }
        return node;
    }
    if (isString && kind <= 4) {
        node->operation = QStringLiteral("~");
        static const QStringList patterns { QStringLiteral("^a"), QStringLiteral("b$"), QStringLiteral("a.?b"),
            QStringLiteral("(?i)b"), QStringLiteral("[aB]+"), QStringLiteral("^$"), QStringLiteral("a|B") };
        node->pattern = oneOf(random, patterns);
        return node;
    }
    static const QStringList all { QStringLiteral("=="), QStringLiteral("!="), QStringLiteral("<"),
        QStringLiteral("<="), QStringLiteral(">"), QStringLiteral(">="), QStringLiteral("contains") };
    const bool hasOrder = type != Type::Boolean && type != Type::Address;
    node->operation = oneOf(random, isString ? all : all.first(hasOrder ? 6 : 2));
    node->rightSide = randomSide(random, type, true);
    return node;
}

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
        const QRegularExpression pattern(node.pattern, QRegularExpression::DontCaptureOption);
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
