// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// Where one read or write of the socket lies in its stream.
struct ChunkMark {
    qint64 offset = 0; ///< stream offset of its first byte
    qint64 size = 0;
    qint64 time = 0; ///< nanoseconds since the epoch
};

} // namespace sockeye
