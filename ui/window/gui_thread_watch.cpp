// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/gui_thread_watch.h"

#include "app/threads/gui_thread_wait.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace sockeye {

namespace {

bool isWindowThere()
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    return std::any_of(windows.cbegin(), windows.cend(),
        [](const QWidget* widget) { return widget->windowType() != Qt::Popup && widget->windowType() != Qt::ToolTip; });
}

} // namespace

void watchGuiThread()
{
    GuiThreadWait::setWindowTest(&isWindowThere);
}

} // namespace sockeye
