// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Lets combo boxes be found by their names: on Unix Qt tells assistive tools the chosen text as the name of a combo
/// box, so that a box called "Service" would be called "app". Call once, after the application object was made.
void nameComboBoxesByTheirLabels();

} // namespace sockeye
