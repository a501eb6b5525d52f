// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

class QWidget;

namespace sockeye {

/// Ctrl+Return and Ctrl+Enter send wherever in `widget` the focus is.
void sendOnKeys(QWidget& widget, const std::function<void()>& send);

} // namespace sockeye
