// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

namespace sockeye {

struct Packing;

/// Why the bytes of a file cannot be had, or not all of them: the words for people.
[[nodiscard]] Failure cannotOpen(const QString& path, const QString& reason);
/// It was followed, and became shorter.
[[nodiscard]] Failure shrunk(const QString& path);
/// Packed in a way that is not read.
[[nodiscard]] Failure packedOtherwise(const QString& path, const Packing& packing);
/// What was packed is damaged at byte `position`, or ends too early there.
[[nodiscard]] Failure packedBadly(const QString& path, qint64 position, bool isDamaged);
/// `packed` bytes became `unpacked` ones and more: no capture does.
[[nodiscard]] Failure packedTooWell(const QString& path, qint64 packed, qint64 unpacked);
/// There is no place to unpack it.
[[nodiscard]] Failure cannotUnpack(const QString& path, const QString& reason);

} // namespace sockeye
