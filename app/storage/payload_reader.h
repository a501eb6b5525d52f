// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/storage/byte_store.h"

#include <span>

namespace sockeye {

/// Copies the pieces, one after the other, to `to`, which has room for all of them; pieces that lie near each other in
/// the file are fetched together. Returns the bytes copied: fewer than asked for only where the store fails.
/// `own`: the caller is the thread that writes the store.
[[nodiscard]] qint64 readPieces(const ByteStore& store, std::span<const PayloadPiece> pieces, char* to, bool own);

} // namespace sockeye
