// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// The ways to look at the messages of a capture: the others stand above the table where there is room for both,
/// else in its place.
enum class MessagesView : quint8 { Table, Lanes, Ladder, Latency };

} // namespace sockeye
