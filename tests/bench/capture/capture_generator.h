// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// Writes a capture of so many messages (requests and replies of the application protocol, over 256 connections) as the
/// endpoints do. False if the file cannot be written.
[[nodiscard]] bool generateCapture(const QString& file, qint64 messages);

} // namespace sockeye
