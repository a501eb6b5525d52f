// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

namespace sockeye::kaitai {

/// A sentence for people in their language.
[[nodiscard]] inline QString tr(const char* text)
{
    return QCoreApplication::translate("kaitai", text);
}

/// A name or a piece of text from a description, for a sentence: in quotes, and not longer than a line.
[[nodiscard]] inline QString quoted(QByteArrayView utf8)
{
    constexpr qsizetype longest = 60;
    QString text = QString::fromUtf8(utf8.first(qMin(utf8.size(), 4 * longest))).simplified();
    if (text.size() > longest) {
        text = text.left(longest - 1) + u'…';
    }
    return QString(u'“' + text + u'”');
}

} // namespace sockeye::kaitai
