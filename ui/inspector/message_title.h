// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QString>

namespace sockeye {

/// How a message is announced above its views.
struct MessageTitle {
    QString headline; ///< "Message 42 · ← in · 146 bytes"
    QString details; ///< "connection #1 · 12:00:01.123"
    QString hint; ///< the same time in full, and where the message lies in its stream
};

/// `message` has a capture.
[[nodiscard]] MessageTitle messageTitle(const MessageRef& message);

} // namespace sockeye
