// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sockeye::json {

// One place of a JSON text changed, all else as it stands: white space, order, keys that come twice. A path is as
// filters write it, from the outermost value: action, items[0].id, a."odd name". Nothing where there is no such place,
// or the text is no JSON as far as it was looked at.

/// The same text with another value at that place, or with one more member at the end of the object that lacks only the
/// last name of the path. `json` is put there as it is.
[[nodiscard]] std::optional<QByteArray> replaced(QByteArrayView text, QByteArrayView path, QByteArrayView json);

/// The same text without that member or element.
[[nodiscard]] std::optional<QByteArray> removed(QByteArrayView text, QByteArrayView path);

/// The value at that place as it is written; null where there is none.
[[nodiscard]] QByteArrayView valueAt(QByteArrayView text, QByteArrayView path);

/// What somebody has typed as a value: JSON as it is, where it is one whole JSON value, else a string of it.
[[nodiscard]] QByteArray typedValue(const QString& typed);

/// The text with one character of its strings replaced by a byte that no UTF-8 has; nothing where it has no character
/// in any string, or is no JSON. Values come before keys; `drawn` says which of them.
[[nodiscard]] std::optional<QByteArray> withBrokenString(QByteArrayView text, quint64 drawn);

} // namespace sockeye::json
