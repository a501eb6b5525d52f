// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace sockeye {

/// Makes assistive tools see the hex view as a document whose text is what is selected in it. Call it as often as
/// convenient; it takes effect once.
void makeHexViewAccessible();

} // namespace sockeye
