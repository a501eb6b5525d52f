// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/engine.h"

namespace sockeye {

/// The engine over QTcpServer, QTcpSocket and QUdpSocket: what Qt programs use, on every system that Qt runs on.
[[nodiscard]] const Engine& qtEngine();

} // namespace sockeye
