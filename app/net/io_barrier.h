// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <functional>

namespace sockeye {

class IoThreads;

/// Has `done` called, in the thread of `context`, once each I/O thread has done what it had been told before this call.
/// Not called if `context` is gone by then. Waits for nothing.
void afterAllThreads(IoThreads& threads, QObject* context, std::function<void()> done);

} // namespace sockeye
