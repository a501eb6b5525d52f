// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/appearance.h"

#include "ui/theme/theme.h"
#include "ui/window/settings.h"

#include <optional>

namespace sockeye {

namespace {

constexpr int unknownDesktop = -1;

QString desktopKey()
{
    return QStringLiteral("appearance/desktopDark");
}

} // namespace

void readAppearance(const Settings& settings)
{
    Theme& theme = Theme::instance();
    theme.setMode(static_cast<Theme::Mode>(settings.number(QStringLiteral("appearance/theme"), 0,
        static_cast<int>(Theme::Mode::System), static_cast<int>(Theme::Mode::Dark))));
    const int remembered = settings.number(desktopKey(), unknownDesktop, unknownDesktop, 1);
    theme.assumeDesktop(remembered == unknownDesktop ? std::nullopt : std::optional<bool>(remembered == 1));
    theme.setTextScale(settings.number(QStringLiteral("appearance/textScale"), 100, 70, 250));
}

void writeAppearance(Settings& settings)
{
    const Theme& theme = Theme::instance();
    settings.setNumber(QStringLiteral("appearance/theme"), static_cast<int>(theme.mode()));
    settings.setNumber(QStringLiteral("appearance/textScale"), theme.textScale());
    settings.setNumber(desktopKey(), theme.desktopDark().has_value() ? int(*theme.desktopDark()) : unknownDesktop);
}

} // namespace sockeye
