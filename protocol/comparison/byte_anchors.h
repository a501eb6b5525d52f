// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <vector>

namespace sockeye {

/// Where both sides have the same bytes for a while.
struct ByteAnchor {
    qint64 left = 0;
    qint64 right = 0;
    qint64 size = 0;
};

/// Long stretches that both sides have, as many as go forward on both of them, as long as they are: in order, never
/// overlapping. Only blocks of the left side that occur once on each side count, so that what repeats, as zeros do,
/// leads nowhere. Time and memory are linear but for a logarithm, whatever the bytes are.
[[nodiscard]] std::vector<ByteAnchor> byteAnchors(QByteArrayView left, QByteArrayView right);

} // namespace sockeye
