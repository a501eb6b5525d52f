// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/relay/relay.h"

namespace sockeye::cli {

/// "HOST:PORT" of the target.
[[nodiscard]] QString targetText(const RelayOptions& options);

/// That a relay listens, as it is printed. `proxy`: what the API calls it; empty: nothing.
[[nodiscard]] QByteArray relayingLine(PrintMode mode, const Relay& relay, const QString& proxy);

} // namespace sockeye::cli
