// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QWidget;

namespace sockeye {

// Neither stops anything else: one reads them beside the work.

void showKeyboardWindow(QWidget* mainWindow); ///< every key that does something, gathered from the window's actions
void showAboutWindow(QWidget* mainWindow);

} // namespace sockeye
