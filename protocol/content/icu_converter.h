// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

#include <unicode/ucnv.h>

#include <memory>

namespace sockeye {

/// ICU's converter of one encoding. Holds where it stands in a text: one text and one thread at a time.
using IcuConverter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// The converter of that name, in any of its usual spellings; null if there is none. Bytes that are no character become
/// U+FFFD; at a character that the encoding lacks it stops.
[[nodiscard]] IcuConverter openConverter(const QByteArray& name);

} // namespace sockeye
