// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// The columns of the connections table, in their order. Saved layouts count on it: add at the end.
enum class ConnectionColumn { Number, Peer, State, In, Out, Messages, Rate, Age, Waiting };
inline constexpr int connectionColumnCount = 9;

} // namespace sockeye
