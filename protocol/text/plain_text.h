// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace sockeye {

/// Whether bytes are text for people: valid UTF-8 without control characters other than tab and line ends.
[[nodiscard]] bool isReadableText(QByteArrayView bytes);

/// Whether bytes are better shown as text: the same, decided on the first few KiB.
[[nodiscard]] bool looksLikeText(QByteArrayView bytes);

} // namespace sockeye
