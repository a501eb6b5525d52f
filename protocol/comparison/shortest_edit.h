// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <functional>
#include <optional>
#include <vector>

namespace sockeye {

/// Bytes of the left side that those of the right side take the place of; one of both may be none.
struct ByteEdit {
    qint64 left = 0;
    qint64 leftSize = 0;
    qint64 right = 0;
    qint64 rightSize = 0;
};

/// The edits that make `right` of `left` with the fewest bytes removed and inserted (Myers, in linear memory), in order
/// and never touching each other. Nothing where that takes more than `steps`, which are counted down, or more than
/// `most` bytes; or when `isWanted` says no.
[[nodiscard]] std::optional<std::vector<ByteEdit>> shortestEdits(
    QByteArrayView left, QByteArrayView right, qint64& steps, qint64 most, const std::function<bool()>& isWanted = {});

} // namespace sockeye
