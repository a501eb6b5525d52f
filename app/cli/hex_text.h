// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye::cli {

/// Bytes from text such as "00 67 7b", "00677B" or "0x00:67:7b". White space and colons are ignored, but not inside a
/// byte. The error is a sentence that says what is wrong and where.
[[nodiscard]] tl::expected<QByteArray, QString> bytesFromHex(QStringView text);

} // namespace sockeye::cli
