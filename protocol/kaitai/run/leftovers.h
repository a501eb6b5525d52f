// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/tree.h"
#include "protocol/kaitai/run/heap.h"

namespace sockeye::kaitai {

/// Bytes or bits that belong to a field but that its value does not tell: what stands behind a terminator, what a type
/// leaves of the bytes that it was given, bits up to the next byte. Only where they are not what building would put
/// there.
struct Leftover {
    int object = -1;
    int slot = -1;
    qint64 index = -1; ///< of an element
    bool isInside = false; ///< what the fields of a value with bytes of its own left of them
    QByteArray bytes; ///< may point into what the run holds; of bits: their value, in one byte
};

/// What fills up a value of `content` bytes to `size`: its terminator, and padding.
[[nodiscard]] QByteArray fillingOf(const Extent& extent, qint64 content, qint64 size);

/// The leftovers of a message, by the paths of their fields; those of instances are left out, which are never built.
[[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> unshownOf(
    const Heap& heap, const std::vector<Leftover>& leftovers);

/// The name under which a leftover is kept.
[[nodiscard]] QByteArray leftoverPath(const QByteArray& objectPath, const QByteArray& id, qint64 index, bool isInside);

} // namespace sockeye::kaitai
