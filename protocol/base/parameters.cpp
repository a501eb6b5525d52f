// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/parameters.h"

#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString parameterText(const char* text)
{
    return QCoreApplication::translate("sockeye::Protocol", text);
}

QString range(const Parameter& parameter)
{
    switch (parameter.kind) {
    case Parameter::Kind::Number:
        return parameterText("a whole number from %1 to %2")
            .arg(QString::number(parameter.min), QString::number(parameter.max));
    case Parameter::Kind::Choice:
        return parameterText("one of %1").arg(parameter.choices.join(QStringLiteral(", ")));
    case Parameter::Kind::Hex:
        return parameterText("%1 to %2 bytes in hexadecimal")
            .arg(QString::number(parameter.min), QString::number(parameter.max));
    }
    return {};
}

bool isHex(QStringView text)
{
    return std::all_of(text.begin(), text.end(),
        [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F'); });
}

/// The one way to write the value; null if it is none.
QString normalized(const Parameter& parameter, QStringView value)
{
    switch (parameter.kind) {
    case Parameter::Kind::Number: {
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        const bool fits = isNumber && number >= parameter.min && number <= parameter.max;
        return fits ? QString::number(number) : QString();
    }
    case Parameter::Kind::Choice:
        return parameter.choices.contains(value) ? value.toString() : QString();
    case Parameter::Kind::Hex: {
        const qsizetype bytes = value.size() / 2;
        const bool fits = value.size() % 2 == 0 && bytes >= parameter.min && bytes <= parameter.max && isHex(value);
        return fits ? value.toString().toLower() : QString();
    }
    }
    return {};
}

const Parameter* find(const QList<Parameter>& parameters, QStringView key)
{
    const auto found =
        std::find_if(parameters.cbegin(), parameters.cend(), [key](const Parameter& each) { return each.key == key; });
    return found != parameters.cend() ? &*found : nullptr;
}

QString keys(const QList<Parameter>& parameters)
{
    QStringList all;
    for (const Parameter& each : parameters) {
        all.append(each.key);
    }
    return all.join(QStringLiteral(", "));
}

} // namespace

QString exampleName(const QString& name, const QList<Parameter>& parameters)
{
    QStringList pairs;
    for (const Parameter& each : parameters) {
        if (pairs.isEmpty() || each.fallback.isNull()) {
            pairs.append(each.key % u'=' % each.example);
        }
    }
    return pairs.isEmpty() ? name : QString(name % u':' % pairs.join(u','));
}

tl::expected<ParameterValues, QString> readParameters(
    const QString& name, const QList<Parameter>& parameters, QStringView text)
{
    const QString example = exampleName(name, parameters);
    ParameterValues values;
    for (const QStringView pair : text.split(u',', Qt::SkipEmptyParts)) {
        const qsizetype equals = pair.indexOf(u'=');
        const QStringView key = pair.first(equals < 0 ? pair.size() : equals).trimmed();
        const QString shownKey = visibleText(key.left(40).toString());
        const Parameter* const parameter = find(parameters, key);
        if (parameters.isEmpty()) {
            return tl::unexpected(
                parameterText("The protocol \"%1\" has nothing to set: \"%2\" is too much. Write \"%1\" alone.")
                    .arg(name, shownKey));
        }
        if (parameter == nullptr) {
            return tl::unexpected(
                parameterText("The protocol \"%1\" knows no \"%2\": what can be set is %3, as in \"%4\".")
                    .arg(name, shownKey, keys(parameters), example));
        }
        if (!values.text(parameter->key).isNull()) {
            return tl::unexpected(
                parameterText("\"%1\" is set twice for the protocol \"%2\". Write it once, as in \"%3\".")
                    .arg(parameter->key, name, example));
        }
        const QStringView given = equals < 0 ? QStringView() : pair.sliced(equals + 1).trimmed();
        const QString value = normalized(*parameter, given);
        if (value.isEmpty()) {
            return tl::unexpected(
                parameterText("\"%1\" of the protocol \"%2\" (%3) must be %4, but is \"%5\". For example: \"%6\".")
                    .arg(parameter->key, name, parameterText(parameter->says), range(*parameter),
                        visibleText(given.left(40).toString()), example));
        }
        values.set(parameter->key, value);
    }
    for (const Parameter& each : parameters) {
        if (!values.text(each.key).isNull()) {
            continue;
        }
        if (each.fallback.isNull()) {
            return tl::unexpected(parameterText("The protocol \"%1\" needs \"%2\" (%3): %4, as in \"%5\".")
                                      .arg(name, each.key, parameterText(each.says), range(each), example));
        }
        values.set(each.key, each.fallback);
    }
    return values;
}

QString normalizedName(const QString& name, const QList<Parameter>& parameters, const ParameterValues& values)
{
    QStringList pairs;
    for (const Parameter& each : parameters) {
        if (const QString value = values.text(each.key); value != each.fallback) {
            pairs.append(each.key % u'=' % value);
        }
    }
    return pairs.isEmpty() ? name : QString(name % u':' % pairs.join(u','));
}

} // namespace sockeye
