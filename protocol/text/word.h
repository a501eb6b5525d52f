// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <cstddef>
#include <cstring>

namespace sockeye {

/// Whether `text` is that word. What the == of Qt's views does in a call to the library is two comparisons of registers
/// here: on the path of each message there are half a dozen of them.
template <std::size_t Size> [[nodiscard]] bool isWord(QByteArrayView text, const char (&word)[Size])
{
    return text.size() == static_cast<qsizetype>(Size - 1) && std::memcmp(text.data(), word, Size - 1) == 0;
}

} // namespace sockeye
