// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace sockeye {

/// How many cells of a terminal a text takes: two for wide characters (Chinese, Japanese, Korean, most emoji), none for
/// marks that stand on the character before them.
[[nodiscard]] qsizetype terminalWidth(QStringView text);

} // namespace sockeye
