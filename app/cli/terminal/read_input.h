// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye::cli {

/// All bytes of a file; of standard input for "-". The error is a sentence.
[[nodiscard]] tl::expected<QByteArray, QString> readInput(const QString& name);

} // namespace sockeye::cli
