// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// What to do with a connection once the answer is written.
enum class After : quint8 {
    Keep,
    Close,
    Reset, ///< at once, also if something is still being written; a peer over UDP is only forgotten
};

} // namespace sockeye
