// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/arguments/hex_option.h"

#include "app/cli/terminal/output.h"
#include "protocol/hex/hex_reader.h"

namespace sockeye::cli {

tl::expected<QByteArray, UsageError> bytesOfHexOption(const QString& text)
{
    constexpr QStringView option = u"--hex: ";
    const auto read = readHex(text);
    if (!read) {
        return tl::unexpected(UsageError(option + describe(read.error(), text), withCaret(read.error(), text)));
    }
    if (!read->note.isEmpty()) {
        complain(option + read->note);
    }
    return read->bytes;
}

} // namespace sockeye::cli
