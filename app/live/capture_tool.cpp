// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/capture_tool.h"

#include "protocol/composer/source_literal.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace sockeye {

QString captureToolPath()
{
    return QCoreApplication::applicationDirPath() + u"/sockeye-capture";
}

QString grantCommand(const QString& tool)
{
    const QString file = QFileInfo(tool).canonicalFilePath();
    return u"sudo setcap cap_net_raw+ep " + shellQuoted(file.isEmpty() ? tool : file);
}

} // namespace sockeye
