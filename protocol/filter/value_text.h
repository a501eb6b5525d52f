// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/value.h"

#include <QByteArray>

namespace sockeye::filter {

/// What text() makes of a value: text and bytes as they are, numbers as short as they can be said, times in seconds.
/// Null of what has no text: lists, objects, what is not there.
[[nodiscard]] QByteArray textOf(const Value& value);

} // namespace sockeye::filter
