// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// Who can connect to what listens on `host` (an address or a name), in plain words for somebody who did not
/// mean to open it to anybody. Empty for loopback: only programs of this machine.
[[nodiscard]] QString reachText(const QString& host);

} // namespace sockeye
