// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// Which side of a connection sends a message: the client is the one that connected. A protocol may have messages of
/// its own for each.
enum class Sender : quint8 { Either, Client, Server };

} // namespace sockeye
