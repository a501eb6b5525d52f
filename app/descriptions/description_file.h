// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/description.h"

#include <QString>

namespace sockeye {

/// A file of a description has no more bytes.
inline constexpr qint64 largestDescription = 4 * 1024 * 1024;

/// Loads the .ksy file of that name. What it imports is looked for beside the file that imports it; a name that begins
/// with "/" beside the file itself, then in the folders of the environment variable KSPATH. A file that cannot be read
/// is a mistake as well.
[[nodiscard]] tl::expected<std::shared_ptr<const kaitai::Description>, QList<kaitai::Mistake>> loadDescription(
    const QString& fileName);

/// The same of a text that is to become that file.
[[nodiscard]] tl::expected<std::shared_ptr<const kaitai::Description>, QList<kaitai::Mistake>> loadDescription(
    const QString& fileName, const QByteArray& text);

} // namespace sockeye
