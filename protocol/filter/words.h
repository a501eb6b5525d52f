// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/value.h"

#include <QCoreApplication>
#include <QString>

namespace sockeye::filter {

/// A sentence for people in their language.
[[nodiscard]] inline QString tr(const char* text)
{
    return QCoreApplication::translate("filter", text);
}

/// A piece of a filter, for a sentence: between back quotes, and not longer than a line.
[[nodiscard]] inline QString quoted(QStringView text)
{
    constexpr qsizetype longest = 60;
    QString shown = text.left(longest + 1).toString().simplified();
    if (shown.size() > longest) {
        shown = shown.left(longest - 1) + u'…';
    }
    return QString(u'`' + shown + u'`');
}

/// "a number", "text": what a sentence calls a value of that type.
[[nodiscard]] inline QString typeText(Type type)
{
    switch (type) {
    case Type::Absent:
        return tr("nothing");
    case Type::Null:
        return tr("null");
    case Type::Boolean:
        return tr("true or false");
    case Type::Number:
        return tr("a number");
    case Type::Time:
        return tr("a time");
    case Type::Text:
        return tr("text");
    case Type::Bytes:
        return tr("bytes");
    case Type::Address:
        return tr("an address");
    case Type::List:
        return tr("a list");
    case Type::Object:
        return tr("an object");
    case Type::Any:
        break;
    }
    return tr("any value");
}

} // namespace sockeye::filter
