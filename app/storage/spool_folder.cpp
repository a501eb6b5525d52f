// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool_folder.h"

#include <QStandardPaths>

namespace sockeye {

QString spoolFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/captures";
}

} // namespace sockeye
