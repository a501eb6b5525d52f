// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/json/json_edit.h"

#include "protocol/json/json_scanner.h"
#include "protocol/json/json_string.h"
#include "protocol/json/json_writer.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace sockeye::json {

namespace {

struct Step {
    QByteArray name;
    qint64 index = -1; ///< of an element; -1: `name` is a member's
};

/// Where something is in the text, or could be.
struct Place {
    qsizetype begin = 0; ///< of its key, or of an element
    qsizetype valueBegin = 0;
    qsizetype end = 0;
    bool isThere = false; ///< false: an object that lacks it ends at `end`, its brace included
    bool isOnly = false; ///< not there, and the object is empty
};

std::optional<QList<Step>> stepsOf(QByteArrayView path)
{
    QList<Step> steps;
    while (!path.isEmpty()) {
        if (path.startsWith('[')) {
            const qsizetype close = path.indexOf(']');
            bool isNumber = false;
            const qint64 index = close > 1 ? path.sliced(1, close - 1).toLongLong(&isNumber) : -1;
            if (!isNumber || index < 0) {
                return std::nullopt;
            }
            steps.append({ {}, index });
            path = path.sliced(close + 1);
            continue;
        }
        if (!steps.isEmpty()) {
            if (!path.startsWith('.')) {
                return std::nullopt;
            }
            path = path.sliced(1);
        }
        qsizetype size = 0;
        if (path.startsWith('"')) {
            const qsizetype close = path.indexOf('"', 1);
            if (close < 0) {
                return std::nullopt;
            }
            steps.append({ path.sliced(1, close - 1).toByteArray(), -1 });
            size = close + 1;
        } else {
            while (size < path.size() && path[size] != '.' && path[size] != '[') {
                ++size;
            }
            if (size == 0) {
                return std::nullopt;
            }
            steps.append({ path.first(size).toByteArray(), -1 });
        }
        path = path.sliced(size);
    }
    return steps.isEmpty() ? std::nullopt : std::optional(steps);
}

bool skip(Scanner& scanner, Token token)
{
    if (token == Token::ObjectBegin || token == Token::ArrayBegin) {
        token = scanner.skipContainer();
    }
    return token != Token::Failed && token != Token::End;
}

/// The member of the object that was just opened, or the element of the array: its value's token was returned last.
std::optional<Place> enter(Scanner& scanner, Token opened, const Step& step, Token& value)
{
    const bool isObject = step.index < 0;
    if (opened != (isObject ? Token::ObjectBegin : Token::ArrayBegin)) {
        return std::nullopt;
    }
    Place place;
    place.isOnly = true;
    Token token = scanner.next();
    for (qint64 at = 0; token != Token::ObjectEnd && token != Token::ArrayEnd; ++at) {
        place.begin = scanner.begin();
        bool isIt = at == step.index;
        if (isObject) {
            if (token != Token::Key) {
                return std::nullopt;
            }
            isIt = decodeString(scanner.text()) == step.name;
            token = scanner.next();
        }
        if (isIt) {
            place.valueBegin = scanner.begin();
            place.isThere = token != Token::Failed && token != Token::End;
            value = token;
            return place.isThere ? std::optional(place) : std::nullopt;
        }
        if (!skip(scanner, token)) {
            return std::nullopt;
        }
        place.isOnly = false;
        token = scanner.next();
    }
    place.end = scanner.end();
    return place;
}

/// Nothing as well where what is missing is more than a last name.
std::optional<Place> find(QByteArrayView text, QByteArrayView path)
{
    const auto steps = stepsOf(path);
    if (!steps) {
        return std::nullopt;
    }
    Scanner scanner(text);
    Token token = scanner.next();
    std::optional<Place> place;
    for (qsizetype i = 0; i < steps->size(); ++i) {
        place = enter(scanner, token, steps->at(i), token);
        if (!place) {
            return std::nullopt;
        }
        if (!place->isThere) {
            return i + 1 == steps->size() && steps->at(i).index < 0 ? place : std::nullopt;
        }
    }
    if (!skip(scanner, token)) {
        return std::nullopt;
    }
    place->end = scanner.end();
    return place;
}

QByteArray spliced(QByteArrayView text, qsizetype begin, qsizetype end, QByteArrayView between)
{
    QByteArray out;
    out.reserve(begin + between.size() + text.size() - end);
    out.append(text.first(begin)).append(between).append(text.sliced(end));
    return out;
}

bool isWhiteSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

QByteArray lastName(QByteArrayView path)
{
    const auto steps = stepsOf(path);
    return steps ? steps->last().name : QByteArray();
}

} // namespace

std::optional<QByteArray> replaced(QByteArrayView text, QByteArrayView path, QByteArrayView json)
{
    const auto place = find(text, path);
    if (!place) {
        return std::nullopt;
    }
    if (place->isThere) {
        return spliced(text, place->valueBegin, place->end, json);
    }
    QByteArray member = place->isOnly ? "" : ", ";
    appendString(member, QStringView(QString::fromUtf8(lastName(path))));
    member += ": " + json.toByteArray();
    return spliced(text, place->end - 1, place->end - 1, member);
}

std::optional<QByteArray> removed(QByteArrayView text, QByteArrayView path)
{
    const auto place = find(text, path);
    if (!place || !place->isThere) {
        return std::nullopt;
    }
    qsizetype end = place->end;
    while (end < text.size() && isWhiteSpace(text[end])) {
        ++end;
    }
    if (end < text.size() && text[end] == ',') { // with the comma behind it
        ++end;
        while (end < text.size() && isWhiteSpace(text[end])) {
            ++end;
        }
        return spliced(text, place->begin, end, {});
    }
    qsizetype begin = place->begin;
    while (begin > 0 && isWhiteSpace(text[begin - 1])) {
        --begin;
    }
    const bool isLast = begin > 0 && text[begin - 1] == ',';
    return spliced(text, isLast ? begin - 1 : place->begin, place->end, {});
}

QByteArrayView valueAt(QByteArrayView text, QByteArrayView path)
{
    const auto place = find(text, path);
    return place && place->isThere ? text.sliced(place->valueBegin, place->end - place->valueBegin) : QByteArrayView();
}

QByteArray typedValue(const QString& typed)
{
    QByteArray utf8 = typed.toUtf8();
    Scanner scanner(utf8);
    Token token = scanner.next();
    while (token != Token::Failed && token != Token::End) {
        token = scanner.next();
    }
    if (token == Token::End) {
        return utf8;
    }
    QByteArray string;
    appendString(string, QStringView(typed));
    return string;
}

std::optional<QByteArray> withBrokenString(QByteArrayView text, quint64 drawn)
{
    QList<qsizetype> values;
    QList<qsizetype> keys;
    constexpr qsizetype most = 100'000; // of which one is drawn
    Scanner scanner(text);
    Token token = scanner.next();
    for (; token != Token::Failed && token != Token::End; token = scanner.next()) {
        QList<qsizetype>& places = token == Token::Key ? keys : values;
        const bool isString = token == Token::Key || token == Token::String;
        if (isString && scanner.end() - scanner.begin() > 2 && places.size() < most) {
            places.append(scanner.begin() + 1);
        }
    }
    const QList<qsizetype>& places = values.isEmpty() ? keys : values;
    if (token == Token::Failed || places.isEmpty()) {
        return std::nullopt;
    }
    QByteArray out = text.toByteArray();
    out[places[static_cast<qsizetype>(drawn % static_cast<quint64>(places.size()))]] = '\xff';
    return out;
}

} // namespace sockeye::json
