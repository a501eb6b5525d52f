// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/tool_output.h"

#include <QProcess>

#include <unistd.h>

namespace sockeye {

bool hasCaptureTool()
{
    return true;
}

void sendOutputTo(QProcess& process, const SystemFile& file)
{
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setChildProcessModifier([descriptor = file.number()] { (void)::dup2(descriptor, STDOUT_FILENO); });
}

} // namespace sockeye
