// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/common_arguments.h"
#include "protocol/composer/typed_text.h"

namespace sockeye::cli {

void addEncoding(CLI::App& command, OptionWords& words); ///< --encoding
/// --escapes, --macros, --encoding, --append-checksum.
void addTyping(CLI::App& command, OptionWords& words, Arguments& arguments);
/// After the protocol is known: its texts are in that encoding from then on.
[[nodiscard]] Taken takeTyping(const CLI::App& command, const OptionWords& words, Arguments& arguments);

/// A text of `option` ("--text"), with what stands for more than itself in it, in that encoding.
[[nodiscard]] tl::expected<TypedText, UsageError> typedText(
    const QString& text, QStringView option, const Arguments& arguments, const QByteArray& encoding);

} // namespace sockeye::cli
