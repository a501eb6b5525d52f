// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_table.h"

namespace sockeye {

/// What the state of a socket means, for people. All three are sentences; none is empty.
struct SocketMeaning {
    QString means; ///< what it is in the middle of
    QString who; ///< who must act before it goes on
    QString advice; ///< what to do, or why nothing need be done
};

[[nodiscard]] SocketMeaning meaningOf(const SocketRow& row);
/// What Recv-Q and Send-Q of this socket count, with their figures: another thing for one that listens.
[[nodiscard]] QString queuesText(const SocketEntry& entry);

} // namespace sockeye
