// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// The parts of a message of the application protocol, as Progress::part.
struct AppPart {
    static constexpr quint16 FixedHeader = 1;
    static constexpr quint16 JsonHeader = 2;
    static constexpr quint16 Content = 3;
};

} // namespace sockeye
