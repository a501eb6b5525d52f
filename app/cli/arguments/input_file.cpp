// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/input_file.h"

#include "app/storage/input_bytes.h"
#include "app/tls/pem_files.h"

#include <CLI/CLI.hpp>

namespace sockeye::cli {

void checkInputFile(CLI::Option& option)
{
    option.check(CLI::Validator(
        [](std::string& name) { return name == "-" ? std::string() : CLI::ExistingFile(name); }, "FILE"));
}

Taken keepPemStreams(std::initializer_list<std::string> names)
{
    for (const std::string& name : names) {
        const QString file = fromUtf8(name);
        if (file.isEmpty() || !isInputStream(file)) {
            continue;
        }
        if (const auto read = inputBytes(file, largestPemFile); !read) {
            return tl::unexpected(UsageError(read.error()));
        }
    }
    return {};
}

} // namespace sockeye::cli
