// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QByteArray>

namespace sockeye {

/// A reply that was not the right one.
struct WrongReply {
    int request = 0; ///< index in the plan's mix
    QByteArray sent; ///< the request
    QByteArray expected; ///< empty: nothing was asked for
    QByteArray received; ///< what came instead, bounded; may be only the beginning of it
    qint64 difference = 0; ///< offset of the first byte that differs, or that is missing
};

/// Finds the difference, and cuts off what came behind the reply where `cutBy` (null: nothing) finds its end.
[[nodiscard]] WrongReply examined(WrongReply reply, const Protocol* cutBy);

} // namespace sockeye
