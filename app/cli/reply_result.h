// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/framing/frame.h"
#include "protocol/header.h"

#include <QByteArray>
#include <QString>

namespace sockeye::cli {

/// What a reply says, for the result event of `send`: the JSON value of "result", the number of an arithmetic reply,
/// otherwise its text.
struct ReplyResult {
    QByteArray json; ///< the value as JSON text
    QString text; ///< the same for people, and for --expect
};

/// `reply` is a whole message of the application protocol and `frame` what the framing says of it.
[[nodiscard]] ReplyResult replyResult(const Frame& frame, const QByteArray& reply, const Limits& limits);

} // namespace sockeye::cli
