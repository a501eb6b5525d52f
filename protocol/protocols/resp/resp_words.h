// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sockeye::resp {

/// A message in one line, as redis-cli writes it: a command as its words, a reply as its value. `first` are the first
/// bytes of it. About `maxChars` characters.
[[nodiscard]] QString inWords(QByteArrayView first, qsizetype maxChars);

/// A whole message as JSON: {"type": "array", "value": ["SET", "key"]}. Bytes that are no text are lower-case hex.
[[nodiscard]] QByteArray asJson(QByteArrayView message);

} // namespace sockeye::resp
