// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/byte_count_text.h"

#include "ui/text/display_text.h"

#include <QCoreApplication>

namespace sockeye {

QString byteCountText(qint64 bytes)
{
    return bytes == 1 ? QCoreApplication::translate("ByteCountText", "1 byte")
                      : QCoreApplication::translate("ByteCountText", "%1 bytes").arg(groupedNumber(bytes));
}

} // namespace sockeye
