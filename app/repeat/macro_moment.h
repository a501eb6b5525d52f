// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/composer/text_macro.h"

namespace sockeye {

/// Now, for macros of a message before which `number` others went out. Any thread.
[[nodiscard]] MacroMoment macroMoment(quint64 number);

} // namespace sockeye
