// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace sockeye {

/// What an action's icon is drawn in.
struct IconColours {
    QColor normal;
    QColor disabled;
    QColor selected; ///< on a selected row
};

/// Draws the icon `name` of the resources in the given colours, at all the sizes and device pixel ratios that a window
/// may ask for. Unknown names give an empty icon and a warning.
[[nodiscard]] QIcon renderIcon(const QString& name, const IconColours& colours);

/// The icon of the program itself, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace sockeye
