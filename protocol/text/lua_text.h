// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// As a literal of Lua, in double quotes: bytes that are not printable ASCII as three decimal digits behind a
/// backslash.
[[nodiscard]] QByteArray luaText(QByteArrayView bytes);

} // namespace sockeye
