// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/conversation/conversation_walk.h"

namespace sockeye {

struct ConversationTurns {
    std::vector<ConversationTurn> turns; ///< in the order in which they began
    qint64 bytes = 0; ///< of all turns that are not missing
    bool isCut = false; ///< there is more, which the rules leave out
};

/// The beginning of a connection as its two sides took turns. Reads no bytes, but asks for every call: not for the GUI
/// thread.
[[nodiscard]] ConversationTurns turnsOf(const Recording& recording, quint32 connection, const ConversationRules& rules);

} // namespace sockeye
