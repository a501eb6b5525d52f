// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/view_functions.h"

namespace sockeye {

/// Lines as `hexdump -C` writes them.
ShownContent showAsHex(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    Q_UNUSED(parameter)
    constexpr qsizetype lineBytes = 16;
    constexpr qsizetype lineChars = 79;
    ShownContent shown;
    const qsizetype mostLines = std::max<qsizetype>(1, limits.maxChars / lineChars);
    const qsizetype looked = std::min({ content.size(), limits.maxBytes, mostLines * lineBytes });
    shown.isCut = looked < content.size();
    QByteArray out;
    for (qsizetype at = 0; at < looked; at += lineBytes) {
        const QByteArrayView line = content.sliced(at, std::min(lineBytes, looked - at));
        QByteArray hex;
        QByteArray text;
        for (qsizetype i = 0; i < line.size(); ++i) {
            hex += (i == lineBytes / 2 ? "  " : " ") + QByteArray(1, line[i]).toHex();
            text += line[i] >= ' ' && line[i] <= '~' ? line[i] : '.';
        }
        out += QByteArray::number(at, 16).rightJustified(8, '0') + ' ' + hex.leftJustified(3 * lineBytes + 1, ' ')
            + "  |" + text + "|\n";
    }
    out.chop(out.isEmpty() ? 0 : 1);
    shown.text = QString::fromLatin1(out);
    return shown;
}

} // namespace sockeye
