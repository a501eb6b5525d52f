// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/protocols/app/header.h"

namespace sockeye {

/// What a reply says: the JSON value of "result", the number of an arithmetic reply, otherwise its text. `reply` is a
/// whole message of the application protocol and `frame` what the framing says of it.
[[nodiscard]] ReplyValue appReplyValue(
    const Header& header, const Frame& frame, const QByteArray& reply, const Limits& limits);

} // namespace sockeye
