// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/values_by_path.h"

#include "protocol/hex/hex_reader.h"
#include "protocol/json/json_writer.h"
#include "protocol/kaitai/base/words.h"

#include <QStringList>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace sockeye::kaitai {

namespace {

constexpr int mostElements = 100'000; // of one array
constexpr int mostDepth = 100;

/// A value that grows as paths are put into it: with members, with elements, or with JSON of its own.
struct Node {
    std::vector<std::pair<QByteArray, std::unique_ptr<Node>>> members;
    std::vector<std::unique_ptr<Node>> elements;
    QByteArray json;
    bool isArray = false;
};

/// One step of a path: a field, and the places in its arrays.
struct Step {
    QByteArray id;
    std::vector<int> places;
};

std::optional<std::vector<Step>> stepsOf(const QByteArray& path)
{
    std::vector<Step> out;
    for (const QByteArray& part : path.split('.')) {
        const qsizetype bracket = part.indexOf('[');
        Step step { bracket < 0 ? part : part.first(bracket), {} };
        for (qsizetype at = bracket; at >= 0 && at < part.size();) {
            const qsizetype close = part.indexOf(']', at);
            bool isNumber = close > at + 1 && part.at(at) == '[';
            const int place = isNumber ? part.sliced(at + 1, close - at - 1).toInt(&isNumber) : -1;
            if (!isNumber || place < 0 || place >= mostElements) {
                return std::nullopt;
            }
            step.places.push_back(place);
            at = close + 1;
        }
        if (step.id.isEmpty() || static_cast<int>(out.size()) >= mostDepth) {
            return std::nullopt;
        }
        out.push_back(std::move(step));
    }
    return out;
}

/// The fields that an object may have whose type may be any of these.
const ShapeField* fieldOf(const Shape& shape, const std::vector<int>& types, const QByteArray& id)
{
    for (const int type : types) {
        const auto& fields = shape.types[static_cast<std::size_t>(type)].fields;
        const auto found = std::find_if(
            fields.cbegin(), fields.cend(), [&](const ShapeField& each) { return each.id == id && !each.isInstance; });
        if (found != fields.cend()) {
            return &*found;
        }
    }
    return nullptr;
}

QString fieldsOf(const Shape& shape, const std::vector<int>& types)
{
    constexpr qsizetype most = 20;
    QStringList names;
    for (const int type : types) {
        for (const ShapeField& each : shape.types[static_cast<std::size_t>(type)].fields) {
            if (!each.isInstance && !names.contains(QString::fromUtf8(each.id))) {
                names.append(QString::fromUtf8(each.id));
            }
        }
    }
    return names.size() > most ? QString(names.first(most).join(u", ") + u" …") : names.join(u", ");
}

std::vector<int> typesIn(const ShapeField& field)
{
    std::vector<int> out;
    if (field.type >= 0) {
        out.push_back(field.type);
    }
    for (const ShapeField::Case& each : field.cases) {
        if (each.type >= 0 && std::find(out.cbegin(), out.cend(), each.type) == out.cend()) {
            out.push_back(each.type);
        }
    }
    return out;
}

std::optional<QByteArray> integerJson(const ShapeField& field, const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    const bool isName =
        std::any_of(field.names.cbegin(), field.names.cend(), [&](const auto& each) { return each.first == utf8; });
    QByteArray json;
    if (isName) {
        json::Writer(json).string(QByteArrayView(utf8));
        return json;
    }
    bool isNumber = false;
    if (text.startsWith(u'-')) {
        const qint64 value = text.toLongLong(&isNumber, 0);
        json = QByteArray::number(value);
    } else {
        json = QByteArray::number(text.toULongLong(&isNumber, 0));
    }
    return isNumber ? std::optional(json) : std::nullopt;
}

QByteArray stringJson(QByteArrayView utf8)
{
    QByteArray json;
    json::Writer(json).string(utf8);
    return json;
}

std::optional<QByteArray> bytesJson(const QString& text)
{
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"')) {
        return stringJson(QByteArrayView(text.sliced(1, text.size() - 2).toUtf8().toHex()));
    }
    const auto read = readHex(text);
    return read ? std::optional(stringJson(QByteArrayView(read->bytes.toHex()))) : std::nullopt;
}

/// Of a field whose type depends on others: a number or a truth value where it looks like one.
QByteArray guessedJson(const QString& text)
{
    bool isNumber = false;
    static_cast<void>(text.toDouble(&isNumber));
    return isNumber || text == u"true" || text == u"false" ? text.toUtf8() : stringJson(text.toUtf8());
}

std::optional<QByteArray> jsonOf(const ShapeField& field, const QString& text)
{
    switch (field.kind) {
    case ShapeField::Kind::Integer:
        return integerJson(field, text);
    case ShapeField::Kind::Float: {
        bool isNumber = false;
        static_cast<void>(text.toDouble(&isNumber));
        return isNumber ? std::optional(text.toUtf8()) : std::nullopt;
    }
    case ShapeField::Kind::Boolean:
        return text == u"true" || text == u"1" ? std::optional<QByteArray>("true")
            : text == u"false" || text == u"0" ? std::optional<QByteArray>("false")
                                               : std::nullopt;
    case ShapeField::Kind::Text:
        return stringJson(text.toUtf8());
    case ShapeField::Kind::Bytes:
        return bytesJson(text);
    case ShapeField::Kind::Struct:
        return std::nullopt;
    case ShapeField::Kind::Switch:
    case ShapeField::Kind::Unknown:
        break;
    }
    return guessedJson(text);
}

QString whatFits(const ShapeField& field)
{
    switch (field.kind) {
    case ShapeField::Kind::Integer: {
        constexpr std::size_t most = 12;
        if (field.names.empty()) {
            return tr("a whole number");
        }
        QStringList names;
        for (std::size_t i = 0; i < std::min(field.names.size(), most); ++i) {
            names.append(QString::fromUtf8(field.names[i].first));
        }
        return tr("a whole number, or one of %1").arg(names.join(u", "));
    }
    case ShapeField::Kind::Float:
        return tr("a number");
    case ShapeField::Kind::Boolean:
        return tr("true or false");
    case ShapeField::Kind::Bytes:
        return tr("bytes in hexadecimal, or text in double quotes");
    case ShapeField::Kind::Struct:
        return tr("given by its fields");
    default:
        return tr("text");
    }
}

Node& memberOf(Node& node, const QByteArray& id)
{
    const auto found =
        std::find_if(node.members.begin(), node.members.end(), [&](const auto& each) { return each.first == id; });
    if (found != node.members.end()) {
        return *found->second;
    }
    return *node.members.emplace_back(id, std::make_unique<Node>()).second;
}

Node& elementOf(Node& node, int place)
{
    node.isArray = true;
    while (static_cast<int>(node.elements.size()) <= place) {
        node.elements.push_back(std::make_unique<Node>());
    }
    return *node.elements[static_cast<std::size_t>(place)];
}

void write(json::Writer& json, const Node& node)
{
    if (!node.json.isNull()) {
        json.raw(node.json);
        return;
    }
    if (node.isArray) {
        json.beginArray();
        for (const auto& each : node.elements) {
            write(json, *each);
        }
        json.endArray();
        return;
    }
    json.beginObject();
    for (const auto& [id, member] : node.members) {
        json.key(id);
        write(json, *member);
    }
    json.endObject();
}

/// Puts one value in; else a sentence.
QString put(const Shape& shape, Node& root, const QByteArray& path, const QString& text)
{
    const auto steps = stepsOf(path);
    if (!steps) {
        return tr("%1 is not the path of a field: expected something like “header.items[3].size”.").arg(quoted(path));
    }
    Node* node = &root;
    std::vector<int> types { 0 };
    const ShapeField* field = nullptr;
    for (const Step& step : *steps) {
        field = fieldOf(shape, types, step.id);
        if (field == nullptr) {
            return types.empty()
                ? tr("%1: there are no fields in it.").arg(quoted(path))
                : tr("There is no field %1 here: there are %2.").arg(quoted(step.id), fieldsOf(shape, types));
        }
        if (field->isRepeated && step.places.empty()) {
            return tr("%1 repeats: say which one, as in %2.").arg(quoted(step.id), quoted(QByteArray(step.id + "[0]")));
        }
        node = &memberOf(*node, step.id);
        for (const int place : step.places) {
            node = &elementOf(*node, place);
        }
        types = typesIn(*field);
    }
    const auto json = field == nullptr ? std::nullopt : jsonOf(*field, text);
    if (!json) {
        return tr("%1 must be %2, but is %3.").arg(quoted(path), whatFits(*field), quoted(text.toUtf8()));
    }
    node->json = *json;
    return {};
}

} // namespace

tl::expected<QByteArray, QString> valuesByPath(const Shape& shape, const QList<std::pair<QByteArray, QString>>& values)
{
    Node root;
    for (const auto& [path, text] : values) {
        if (const QString wrong = put(shape, root, path, text); !wrong.isEmpty()) {
            return tl::unexpected(wrong);
        }
    }
    QByteArray out;
    json::Writer json(out);
    write(json, root);
    return out;
}

} // namespace sockeye::kaitai
