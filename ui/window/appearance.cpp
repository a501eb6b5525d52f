// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/appearance.h"

#include "ui/theme/theme.h"
#include "ui/window/settings.h"

namespace sockeye {

void readAppearance(const Settings& settings)
{
    Theme& theme = Theme::instance();
    theme.setMode(static_cast<Theme::Mode>(settings.number(QStringLiteral("appearance/theme"), 0,
        static_cast<int>(Theme::Mode::System), static_cast<int>(Theme::Mode::Dark))));
    theme.setTextScale(settings.number(QStringLiteral("appearance/textScale"), 100, 70, 250));
}

void writeAppearance(Settings& settings)
{
    const Theme& theme = Theme::instance();
    settings.setNumber(QStringLiteral("appearance/theme"), static_cast<int>(theme.mode()));
    settings.setNumber(QStringLiteral("appearance/textScale"), theme.textScale());
    settings.setFlag(QStringLiteral("appearance/wasDark"), theme.isDark());
}

} // namespace sockeye
