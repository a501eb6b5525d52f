// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/lua_text.h"

namespace sockeye {

QByteArray luaText(QByteArrayView bytes)
{
    QByteArray out(1, '"');
    for (const char c : bytes) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c >= ' ' && c <= '~') {
            out += c;
        } else {
            out += '\\';
            out += QByteArray::number(static_cast<uchar>(c)).rightJustified(3, '0');
        }
    }
    out += '"';
    return out;
}

} // namespace sockeye
