// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye::json {

/// What the JSON string `token` says: without its quotes, escapes resolved, as UTF-8. Half of a surrogate pair that is
/// written as an escape, which JSON allows and UTF-8 cannot hold, becomes U+FFFD. A string that is cut off or broken
/// gives what can be read of it. At most `maxBytes` are looked at.
[[nodiscard]] QByteArray decodeString(QByteArrayView token, qsizetype maxBytes = 1 << 30);

} // namespace sockeye::json
