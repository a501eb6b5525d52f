// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture_checks.h"
#include "fuzz_target.h"

#include <cstring>

// Any bytes as a pcapng file. What begins otherwise would end at once: it is made to begin as one.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr char magic[] = { 0x0A, 0x0D, 0x0D, 0x0A };
    QByteArray file(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (file.size() >= static_cast<qsizetype>(sizeof magic)) {
        std::memcpy(file.data(), magic, sizeof magic);
    }
    sockeye::checkCaptureFile(file);
    return 0;
}
