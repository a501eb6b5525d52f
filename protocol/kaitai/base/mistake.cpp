// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/base/mistake.h"

namespace sockeye::kaitai {

QString describe(const Mistake& mistake)
{
    QString out = mistake.place.file;
    if (mistake.place.line > 0) {
        out += (out.isEmpty() ? QString() : QStringLiteral(":")) + QString::number(mistake.place.line) + u':'
            + QString::number(mistake.place.column);
    }
    if (!mistake.place.path.isEmpty()) {
        out += (out.isEmpty() ? QString() : QStringLiteral(": ")) + QString::fromUtf8(mistake.place.path);
    }
    return out.isEmpty() ? mistake.text : QString(out + QStringLiteral(": ") + mistake.text);
}

} // namespace sockeye::kaitai
