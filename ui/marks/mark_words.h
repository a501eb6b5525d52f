// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"

#include <QIcon>
#include <QString>

namespace sockeye {

[[nodiscard]] QString colourName(MarkColour colour); ///< "orange"
/// The sign, the colour and the note: "⚑ orange: look here". In one line.
[[nodiscard]] QString markText(const MessageMark& mark);
/// A square of the colour, for menus and boxes: beside its name, never alone.
[[nodiscard]] QIcon markIcon(MarkColour colour);

} // namespace sockeye
