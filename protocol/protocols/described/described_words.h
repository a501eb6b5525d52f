// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/base/tree.h"

#include <QString>

namespace sockeye {

/// A value for people, in at most `maxChars` characters: "connect (1)", "103 (0x67)", "“abc”", "00 ff 12".
[[nodiscard]] QString valueOf(const kaitai::TreeItem& item, qsizetype maxChars);

/// What a message is about, in one line: by its -summary, else its first fields.
[[nodiscard]] QString lineAbout(const kaitai::Tree& tree, qsizetype maxChars);

/// The values that the struct at `place` has without bytes of its own: "total = 12, kind = ping"; empty for none.
[[nodiscard]] QString computedValues(const kaitai::Tree& tree, int place, qsizetype maxChars);

} // namespace sockeye
