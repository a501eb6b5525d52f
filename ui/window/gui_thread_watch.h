// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Has waits of the application's thread noticed from now on, while there is a window (GuiThreadWait). Menus and tool
/// tips are none.
void watchGuiThread();

} // namespace sockeye
