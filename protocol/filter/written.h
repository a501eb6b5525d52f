// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"

#include <QString>

namespace sockeye::filter {

/// A value as a filter has it: ``"text"``, `00:67:ff`, `1.5`, `10.0.0.1`; empty for what has no such form (lists,
/// objects, what is not there, times of day). Read again, it is the same value: it is equal to this one.
[[nodiscard]] QString written(const Value& value);

/// Text in quotes. Bytes that are no UTF-8, and what could command a terminal, as escapes.
[[nodiscard]] QString writtenText(QByteArrayView utf8);

/// A field, or what is at a path below it.
[[nodiscard]] QString writtenPath(const QString& field, const Path& path);

} // namespace sockeye::filter
