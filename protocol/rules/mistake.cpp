// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/rules/mistake.h"

#include "protocol/hex/hex_error.h"
#include "protocol/rules/words.h"

namespace sockeye::rules {

QString describe(const Mistake& mistake, QStringView text)
{
    const TextPlace place = placeIn(text, mistake.at);
    return say("Line %1, column %2: %3").arg(QString::number(place.line), QString::number(place.column), mistake.text);
}

QString describe(const Mistake& mistake, QStringView text, const QString& file)
{
    const TextPlace place = placeIn(text, mistake.at);
    return u"%1:%2:%3: %4"_qs.arg(file, QString::number(place.line), QString::number(place.column), mistake.text);
}

} // namespace sockeye::rules
