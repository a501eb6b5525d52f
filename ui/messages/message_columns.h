// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>

namespace sockeye {

/// The columns of the messages table, in the order in which they came to it. Saved layouts count on it: add at the end.
enum class MessageColumn { Time, Connection, Direction, Size, Kind, Summary, Latency, Rule, Fault };
inline constexpr int messageColumnCount = 9;

/// From the left to the right.
inline constexpr std::array shownColumns { MessageColumn::Time, MessageColumn::Connection, MessageColumn::Direction,
    MessageColumn::Size, MessageColumn::Latency, MessageColumn::Rule, MessageColumn::Fault, MessageColumn::Kind,
    MessageColumn::Summary };
static_assert(shownColumns.size() == messageColumnCount);

} // namespace sockeye
