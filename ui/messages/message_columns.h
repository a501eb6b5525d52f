// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// The columns of the messages table, in their order. Saved layouts count on it: add at the end.
enum class MessageColumn { Time, Connection, Direction, Size, Kind, Summary };
inline constexpr int messageColumnCount = 6;

} // namespace sockeye
