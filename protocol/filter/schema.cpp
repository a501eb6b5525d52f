// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/schema.h"

#include "protocol/filter/lexer.h"

#include <algorithm>

namespace sockeye::filter {

int Schema::indexOf(QStringView name) const
{
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name && !name.isEmpty()) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

QStringList Schema::names() const
{
    QStringList names;
    for (const FieldInfo& field : fields) {
        if (!field.name.isEmpty()) {
            names.append(field.name);
        }
    }
    return names + messageNames.value_or(QStringList());
}

QString nameInPath(const QString& name)
{
    const bool isPlain =
        !name.isEmpty() && beginsName(name.front()) && std::all_of(name.cbegin(), name.cend(), isInName);
    if (isPlain) {
        return name;
    }
    QString text = name;
    text.replace(u'\\', QLatin1StringView("\\\\")).replace(u'"', QLatin1StringView("\\\""));
    return u'"' + text + u'"';
}

} // namespace sockeye::filter
