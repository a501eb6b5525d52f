// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"

namespace sockeye::cli {

// The commands, one file each. All return an exit status.
[[nodiscard]] int serve(const Arguments& arguments);
[[nodiscard]] int send(const Arguments& arguments);
[[nodiscard]] int raw(const Arguments& arguments);
[[nodiscard]] int sendList(const Arguments& arguments); ///< send, raw with --list
[[nodiscard]] int multi(const Arguments& arguments);
[[nodiscard]] int decode(const Arguments& arguments);
[[nodiscard]] int parse(const Arguments& arguments);
[[nodiscard]] int build(const Arguments& arguments);
[[nodiscard]] int capture(const Arguments& arguments);
[[nodiscard]] int sockets(const Arguments& arguments);
[[nodiscard]] int diagnose(const Arguments& arguments);
[[nodiscard]] int relay(const Arguments& arguments);
[[nodiscard]] int load(const Arguments& arguments);
[[nodiscard]] int dissector(const Arguments& arguments);

} // namespace sockeye::cli
