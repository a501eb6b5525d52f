// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/file_stamp.h"

#include <QDateTime>
#include <QFileInfo>

namespace sockeye {

QString fileStamp(const QStringList& files)
{
    QString stamp;
    for (const QString& file : files) {
        if (!file.isEmpty()) {
            const QFileInfo info(file);
            // The second time is also that of a rename over it, by which careful programs replace files.
            stamp += QStringLiteral("%1 %2 %3;")
                         .arg(QString::number(info.size()), QString::number(info.lastModified().toMSecsSinceEpoch()),
                             QString::number(info.metadataChangeTime().toMSecsSinceEpoch()));
        }
    }
    return stamp;
}

} // namespace sockeye
