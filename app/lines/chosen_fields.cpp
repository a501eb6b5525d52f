// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lines/chosen_fields.h"

#include "protocol/json/json_writer.h"
#include "protocol/kaitai/encode/json_value.h"
#include "protocol/text/visible_text.h"

#include <functional>

namespace sockeye {

namespace {

using kaitai::JsonValue;

/// One step of a path: a member, or an element.
struct Step {
    QByteArray name; ///< empty: an element
    qsizetype place = 0;
};

std::optional<QList<Step>> stepsOf(const QByteArray& path)
{
    QList<Step> out;
    qsizetype at = 0;
    while (at < path.size()) {
        if (path.at(at) == '[') {
            const qsizetype close = path.indexOf(']', at);
            bool isNumber = false;
            const qsizetype place = close < 0 ? -1 : path.sliced(at + 1, close - at - 1).toLongLong(&isNumber);
            if (!isNumber || place < 0 || out.isEmpty()) {
                return std::nullopt;
            }
            out.append(Step { {}, place });
            at = close + 1;
        } else {
            at += path.at(at) == '.' && !out.isEmpty() ? 1 : 0;
            qsizetype end = at;
            while (end < path.size() && path.at(end) != '.' && path.at(end) != '[') {
                ++end;
            }
            if (end == at) {
                return std::nullopt;
            }
            out.append(Step { path.sliced(at, end - at), 0 });
            at = end;
        }
    }
    return out.isEmpty() ? std::nullopt : std::optional(out);
}

const JsonValue* follow(const JsonValue& root, const QList<Step>& steps)
{
    const JsonValue* at = &root;
    for (const Step& step : steps) {
        if (!step.name.isEmpty()) {
            at = at->kind == JsonValue::Kind::Object ? at->find(step.name) : nullptr;
        } else {
            const bool isThere =
                at->kind == JsonValue::Kind::Array && step.place < static_cast<qsizetype>(at->items.size());
            at = isThere ? &at->items[static_cast<std::size_t>(step.place)] : nullptr;
        }
        if (at == nullptr) {
            return nullptr;
        }
    }
    return at;
}

void write(json::Writer& json, const JsonValue& value)
{
    switch (value.kind) {
    case JsonValue::Kind::Null:
        json.null();
        break;
    case JsonValue::Kind::Text:
        json.string(QByteArrayView(value.text));
        break;
    case JsonValue::Kind::Number:
    case JsonValue::Kind::Boolean:
        json.raw(value.text);
        break;
    case JsonValue::Kind::Array:
        json.beginArray();
        for (const JsonValue& item : value.items) {
            write(json, item);
        }
        json.endArray();
        break;
    case JsonValue::Kind::Object:
        json.beginObject();
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            json.key(value.keys[i]);
            write(json, value.items[i]);
        }
        json.endObject();
        break;
    }
}

/// Calls `found` for each path that the message has.
void eachOf(const QByteArrayList& paths, const DecodedMessage& message,
    const std::function<void(const QByteArray& path, const JsonValue& value)>& found)
{
    const auto read = [](const QByteArray& text) { return kaitai::readJson(text).value_or(JsonValue()); };
    const JsonValue fields = read(message.fields);
    const JsonValue header = read(message.header);
    const JsonValue content = read(message.content);
    for (const QByteArray& path : paths) {
        const auto steps = stepsOf(path);
        if (!steps) {
            continue;
        }
        const JsonValue* value = follow(fields, *steps);
        if (value == nullptr && steps->size() > 1) {
            const JsonValue& inner = steps->first().name == "header" ? header : content;
            const bool isInner = steps->first().name == "header" || steps->first().name == "json";
            value = isInner ? follow(inner, steps->sliced(1)) : nullptr;
        }
        if (value != nullptr) {
            found(path, *value);
        }
    }
}

/// A text as it is, everything else as JSON has it.
QByteArray plainText(const JsonValue& value)
{
    QByteArray text = value.text;
    if (value.kind == JsonValue::Kind::Array || value.kind == JsonValue::Kind::Object) {
        json::Writer json(text);
        write(json, value);
    }
    return text;
}

} // namespace

QByteArray ChosenFields::json(const DecodedMessage& message) const
{
    QByteArray out;
    json::Writer json(out);
    json.beginObject();
    eachOf(m_paths, message, [&json](const QByteArray& path, const JsonValue& value) {
        json.key(path);
        write(json, value);
    });
    json.endObject();
    return out;
}

QString ChosenFields::text(const DecodedMessage& message) const
{
    QStringList parts;
    eachOf(m_paths, message, [&parts](const QByteArray& path, const JsonValue& value) {
        parts.append(QString(QString::fromUtf8(path) % u" = " % visibleText(plainText(value))));
    });
    return parts.join(u", ");
}

QList<QByteArray> ChosenFields::values(const DecodedMessage& message) const
{
    QList<QByteArray> values(m_paths.size());
    eachOf(m_paths, message, [&](const QByteArray& path, const JsonValue& value) {
        for (qsizetype i = 0; i < m_paths.size(); ++i) {
            if (m_paths.at(i) == path) {
                values[i] = plainText(value);
            }
        }
    });
    return values;
}

std::optional<QByteArrayList> pathsOf(const QString& list)
{
    QByteArrayList out;
    const QStringList parts = list.split(u',');
    for (const QString& part : parts) {
        const QByteArray path = part.trimmed().toUtf8();
        if (!stepsOf(path)) {
            return std::nullopt;
        }
        out.append(path);
    }
    return out;
}

} // namespace sockeye
