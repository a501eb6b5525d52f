// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye::json {

/// The top bit of each of eight bytes that ends a run of plain characters in a string: a quote, a backslash or a
/// control character. Bytes above the first that is one may be marked wrongly (the subtraction borrows from them),
/// bytes below it never are.
[[nodiscard]] constexpr quint64 endsOfRun(quint64 word)
{
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 high = 0x8080808080808080;
    const quint64 quote = word ^ (ones * '"');
    const quint64 backslash = word ^ (ones * '\\');
    return (((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((word - ones * 0x20) & ~word)) & high;
}

} // namespace sockeye::json
