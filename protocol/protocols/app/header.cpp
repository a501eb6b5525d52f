// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/header.h"

#include <QSysInfo>

namespace sockeye {

ByteOrder nativeByteOrder()
{
    return QSysInfo::ByteOrder == QSysInfo::LittleEndian ? ByteOrder::Little : ByteOrder::Big;
}

} // namespace sockeye
