// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace sockeye::rules {

/// Where the character `index` of a TOML string stands in the text that has the string, quotes and all, at `begin`;
/// escapes and what quotes leave out are looked through. At most the size of the text.
[[nodiscard]] qsizetype placeInString(QStringView text, qsizetype begin, qsizetype index);

} // namespace sockeye::rules
