// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/framing.h"

#include <QString>

#include <chrono>

namespace sockeye {

/// Where a connection stood when its peer went silent.
struct IdleState {
    qint64 unsent = 0; ///< bytes of replies that the peer did not take
    bool isSecuring = false; ///< the TLS handshake is not done
    Progress progress; ///< of the message that was coming
    QString reached; ///< the same in words (Protocol::reached()), where one was
};

/// Why it was closed, for people.
[[nodiscard]] QString idleText(std::chrono::milliseconds silence, const IdleState& state);

} // namespace sockeye
