// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/threads/gui_thread_wait.h"

#include <QCoreApplication>
#include <QThread>

#include <atomic>

namespace sockeye {

namespace {

std::atomic<bool (*)()> isWindowThere { nullptr };
thread_local int allowances = 0;

} // namespace

GuiThreadWait::Allowed::Allowed()
{
    ++allowances;
}

GuiThreadWait::Allowed::~Allowed()
{
    --allowances;
}

void GuiThreadWait::setWindowTest(bool (*isThere)())
{
    isWindowThere.store(isThere);
}

void GuiThreadWait::check([[maybe_unused]] const char* forWhat)
{
#ifdef SOCKEYE_CHECKED
    const QCoreApplication* const application = QCoreApplication::instance();
    const auto isThere = isWindowThere.load();
    if (allowances == 0 && isThere != nullptr && application != nullptr
        && application->thread() == QThread::currentThread() && isThere()) {
        qWarning("The window's thread waits for %s.", forWhat);
    }
#endif
}

} // namespace sockeye
