// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/text/terminal_width.h"

#include <QList>

#include <unicode/uchar.h>

namespace sockeye {

qsizetype terminalWidth(QStringView text)
{
    qsizetype width = 0;
    const auto characters = text.toUcs4();
    for (const uint each : characters) {
        const auto character = static_cast<UChar32>(each);
        const int kind = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
        const int type = u_charType(character);
        const bool isMark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
        width += isMark ? 0 : kind == U_EA_WIDE || kind == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

} // namespace sockeye
