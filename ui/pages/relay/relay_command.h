// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay_options.h"

namespace sockeye {

/// The command that does the same without a window, ready for a shell; faults that are switched off are left out.
[[nodiscard]] QString relayCommand(const RelayOptions& options);

/// "HOST:PORT", with brackets around an IPv6 address.
[[nodiscard]] QString hostAndPort(const QString& host, quint16 port);

/// The relay would connect to itself, and so on without end: the same port, of the same host or of this machine.
[[nodiscard]] bool relaysToItself(const RelayOptions& options);

} // namespace sockeye
