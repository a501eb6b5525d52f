// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// A text from a peer as one line that may go to a terminal or into a table: control characters, which could move
/// a terminal's cursor or worse, as their pictures ("␛", "␊", "␉"); what would turn the text round or break the line as
/// a replacement character.
[[nodiscard]] QString visibleText(QString text);

} // namespace sockeye
