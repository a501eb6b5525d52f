// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Prints the dissector: the build installs it beside the program.

#include "protocol/dissector/wireshark_dissector.h"

#include <cstdio>

int main()
{
    const QByteArray text = sockeye::wiresharkDissector();
    const bool written = std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stdout)
        == static_cast<std::size_t>(text.size());
    return written && std::fflush(stdout) == 0 ? 0 : 1;
}
