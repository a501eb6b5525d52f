// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/tool_output.h"

namespace sockeye {

bool hasCaptureTool()
{
    return false;
}

void sendOutputTo(QProcess&, const SystemFile&) { }

} // namespace sockeye
