// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/hex/hex_reader.h"

// Hexadecimal in all forms that people paste: what is read can be written and read again, and an error has its place.

using namespace sockeye;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr qsizetype maxRepeated = 64 * 1024 * 1024;
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto read = readHex(text);
    if (!read) {
        require(read.error().at >= 0 && read.error().at <= text.size(), "an error out of place");
        require(!read.error().text.isEmpty() && !describe(read.error(), text).isEmpty(), "an error without words");
        require(withCaret(read.error(), text).count(u'\n') == 1, "a caret that is not under its line");
        return 0;
    }
    const bool repeats = text.contains(u'*');
    require(read->bytes.size() <= (repeats ? maxRepeated : 0) + text.toUtf8().size(), "more bytes than were given");
    if (read->bytes.size() <= 64 * 1024) {
        const QString written = hexText(read->bytes);
        const auto again = readHex(written);
        require(again && again->bytes == read->bytes && again->note.isEmpty(), "written bytes do not come back");
    }
    return 0;
}
