// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "random_filter.h"

#include <QJsonArray>
#include <QJsonDocument>
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
                value.number == double(qint64(value.number)) ? filter::Value::number(qint64(value.number))
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

} // namespace sockeye::plain
