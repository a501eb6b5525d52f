// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

#include <tl/expected.hpp>

namespace sockeye {

/// What is read at most where nobody says less.
inline constexpr qint64 largestInput = qint64(4) << 30;

/// Whether a name stands for what comes once and from elsewhere: standard input ("-"), a pipe, a device.
[[nodiscard]] bool isInputStream(const QString& name);

/// All of a file, or of such a stream, if it has no more than `most` bytes; else why not, in a sentence. Waits for
/// whoever writes into a pipe: for the command line and background threads. What a stream brought is kept as long as
/// the process lives, so that who reads the same name again, or for the second time, gets the same.
[[nodiscard]] tl::expected<QByteArray, QString> inputBytes(const QString& name, qint64 most = largestInput);

/// What inputBytes() has kept of a stream of that name. Never waits. Any thread.
[[nodiscard]] std::optional<QByteArray> keptInput(const QString& name);

} // namespace sockeye
