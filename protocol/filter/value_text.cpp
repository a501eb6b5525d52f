// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/value_text.h"

#include "protocol/filter/address.h"

#include <QLocale>

namespace sockeye::filter {

namespace {

/// "0.05": seconds, as short as they can be said.
QByteArray secondsText(qint64 nanoseconds)
{
    constexpr quint64 perSecond = 1'000'000'000;
    const quint64 size = nanoseconds < 0 ? 0 - static_cast<quint64>(nanoseconds) : static_cast<quint64>(nanoseconds);
    QByteArray text = (nanoseconds < 0 ? "-" : "") + QByteArray::number(size / perSecond);
    if (size % perSecond != 0) {
        text += '.' + QByteArray::number(size % perSecond).rightJustified(9, '0');
        while (text.endsWith('0')) {
            text.chop(1);
        }
    }
    return text;
}

QByteArray numberText(const Value& value)
{
    return value.isReal    ? QByteArray::number(value.real, 'g', QLocale::FloatingPointShortest)
        : value.isUnsigned ? QByteArray::number(static_cast<quint64>(value.integer))
                           : QByteArray::number(value.integer);
}

} // namespace

QByteArray textOf(const Value& value)
{
    if (value.isTextual() || value.type == Type::Bytes) {
        return value.view.toByteArray();
    }
    switch (value.type) {
    case Type::Number:
        return numberText(value);
    case Type::Time:
        return secondsText(value.integer);
    case Type::Boolean:
        return value.integer != 0 ? "true" : "false";
    case Type::Null:
        return "null";
    case Type::Address:
        return addressText(value.view);
    default:
        return {};
    }
}

} // namespace sockeye::filter
