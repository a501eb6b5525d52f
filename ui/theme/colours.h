// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark.h"
#include "protocol/annotation/annotation.h"

#include <QColor>
#include <QPalette>

namespace sockeye {

/// The colours of one mode, light or dark. Pure values: no widget, no application.
struct Colours {
    QColor window; ///< behind everything
    QColor base; ///< behind tables, texts and fields
    QColor alternateBase; ///< every other row
    QColor button;
    QColor text;
    QColor disabledText;
    QColor muted; ///< text of lesser importance, at least 4.5 : 1 on window and base
    QColor separator; ///< lines between areas
    QColor outline; ///< around fields and buttons
    QColor accent; ///< the one accent: focus, links, the current tab
    QColor highlight; ///< behind selected rows
    QColor highlightedText;
    QColor error; ///< text, at least 4.5 : 1 on window and base
    QColor warning; ///< text of what is right and surprising, at least 4.5 : 1 on window and base
    QColor good; ///< the dot of what runs, and text, at least 4.5 : 1
    QColor notice; ///< behind a message line
};

[[nodiscard]] const Colours& colours(bool dark);
[[nodiscard]] QPalette makePalette(const Colours& colours);

/// The tint behind the bytes of a field: a hue of Okabe and Ito's set mixed into the base, so weak (or in the dark so
/// dim) that the text on it keeps at least 4.5 : 1. `index` even or odd: neighbours of one kind differ.
[[nodiscard]] QColor tint(bool dark, FieldKind kind, int index);

/// Likewise, behind the row of a message that is marked.
[[nodiscard]] QColor tint(bool dark, MarkColour colour);

/// Contrast of two opaque colours after WCAG 2, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace sockeye
