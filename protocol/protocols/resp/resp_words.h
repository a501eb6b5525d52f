// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye::resp {

/// A message in one line, as redis-cli writes it: a command as its words, a reply as its value. `first` are the first
/// bytes of it. About `maxChars` characters.
[[nodiscard]] QString inWords(QByteArrayView first, qsizetype maxChars);

/// A whole message as JSON: {"type": "array", "value": ["SET", "key"]}. Bytes that are no text are lower-case hex.
[[nodiscard]] QByteArray asJson(QByteArrayView message);

/// A string as replies have it.
[[nodiscard]] QByteArray bulk(QByteArrayView data);

/// JSON as a reply of version 2: strings are bulk strings, true and false 1 and 0, objects arrays of keys and values.
/// The error is a sentence.
[[nodiscard]] tl::expected<QByteArray, QString> fromJson(QByteArrayView json);

} // namespace sockeye::resp
