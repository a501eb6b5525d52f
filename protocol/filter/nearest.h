// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace sockeye::filter {

/// How many letters have to be put in, left out, changed or swapped with their neighbour to make one word of the other,
/// in whatever case; `limit` + 1 where it is more than `limit`.
[[nodiscard]] int distance(QStringView left, QStringView right, int limit);

/// The one of the names that `word` most likely was to be; empty where none is near.
[[nodiscard]] QString nearest(QStringView word, const QStringList& names);

} // namespace sockeye::filter
