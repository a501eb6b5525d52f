// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/token.h"

namespace sockeye::filter {

/// The text in double quotes at `at`, its escapes resolved: \" \\ \n \r \t \0 \xNN \uNNNN.
[[nodiscard]] Result<Token> readText(QStringView text, qsizetype at);

/// r"text" at `at`: as it stands. A quote behind a backslash does not end it.
[[nodiscard]] Result<Token> readRaw(QStringView text, qsizetype at);

/// Bytes (00:67:ff), an address with or without the bits of a network, or a number with or without its unit. Nothing
/// where none of them begins at `at`, which is so of names.
[[nodiscard]] std::optional<Result<Token>> readPlain(QStringView text, qsizetype at);

/// A whole number inside of brackets, where a colon follows that makes no bytes of it.
[[nodiscard]] Result<Token> readIndex(QStringView text, qsizetype at);

/// us, ms, s, B, KiB, MiB, GiB.
[[nodiscard]] const QStringList& unitNames();

} // namespace sockeye::filter
