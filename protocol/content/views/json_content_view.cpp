// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/view_functions.h"
#include "protocol/json/json_reader.h"
#include "protocol/text/utf8.h"

#include <QCoreApplication>

namespace sockeye {

ShownContent showAsJson(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    Q_UNUSED(parameter)
    ShownContent shown;
    const qsizetype looked = std::min(content.size(), limits.maxBytes);
    shown.isCut = looked < content.size();
    const QByteArrayView text = content.first(looked);
    const qsizetype valid = validUtf8Prefix(text);
    const auto read = json::read(text.first(valid), limits.maxDepth);
    if (read && valid == text.size()) {
        shown.json = text.toByteArray();
        return shown;
    }
    shown.offset = read ? valid : static_cast<qsizetype>(read.error().offset);
    shown.problem = read
        ? viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "This is not JSON: it is no UTF-8."))
        : viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "This is not JSON: %1 was expected, but there is %2."))
              .arg(read.error().expected, read.error().found);
    return shown;
}

} // namespace sockeye
