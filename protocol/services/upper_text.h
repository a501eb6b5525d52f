// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// Appends `bytes` in upper case up to a character that is cut off at their end, and returns where that begins. Full
/// Unicode mapping of UTF-8; bytes that are none go over as they are.
[[nodiscard]] qsizetype appendUpper(QByteArrayView bytes, QByteArray& out);

/// Whether all of `text` is the word `exit`, in any case, with or without white space around it.
[[nodiscard]] bool isExit(QByteArrayView text);

} // namespace sockeye
