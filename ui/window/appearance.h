// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

class Settings;

/// Theme and text size as they were chosen.
void readAppearance(const Settings& settings);
void writeAppearance(Settings& settings);

} // namespace sockeye
