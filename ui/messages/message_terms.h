// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/filter/filter_actions.h"
#include "ui/messages/message_columns.h"
#include "ui/models/message_ref.h"

namespace sockeye {

/// What a cell of the messages table says; nothing where no field says it.
[[nodiscard]] std::optional<FilterTerm> termOfCell(
    const MessageRef& message, MessageColumn column, std::optional<qint64> latency = std::nullopt);

} // namespace sockeye
