// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/common_arguments.h"

#include <initializer_list>
#include <string>

namespace CLI {
class Option;
} // namespace CLI

namespace sockeye::cli {

/// Has the option name a file that is there, a pipe, or "-": standard input.
void checkInputFile(CLI::Option& option);

/// Reads those of the files, of certificates and keys, that are pipes or standard input, while it may take its time:
/// where they are used nobody waits, and they are looked at again.
[[nodiscard]] Taken keepPemStreams(std::initializer_list<std::string> names);

} // namespace sockeye::cli
