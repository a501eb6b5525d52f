// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

enum class TransferStatus : quint8 {
    Ok, ///< `size` bytes came or went, at least one
    WouldBlock, ///< nothing to read, or no room, at this moment
    EndOfStream, ///< reading: the peer has sent everything
    Reset, ///< the peer threw the connection away
    Failed, ///< anything else
};

/// What one read or write of a connection came to.
struct Transfer {
    TransferStatus status = TransferStatus::WouldBlock;
    qsizetype size = 0;
};

} // namespace sockeye
