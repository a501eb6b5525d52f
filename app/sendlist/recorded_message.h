// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/sendlist/send_list.h"

namespace sockeye {

/// Who is to send a message of a list.
struct MessageUse {
    ProtocolPtr protocol; ///< of the client; never null
    Transport transport = Transport::Tcp;
    QByteArray encoding = "UTF-8"; ///< of texts in the messages; a known one
};

/// A message of a list that sends exactly these bytes, in the form that people would write it in: text where it is a
/// legible one, what it carries as JSON, its fields; hexadecimal digits where none of these gives the same bytes.
/// `frame` is that of the message in `protocol`, which need not be the one that it is sent by.
[[nodiscard]] ListMessage recordedMessage(
    const QByteArray& bytes, const Protocol& protocol, const Frame& frame, const MessageUse& use);

/// What goes out of such a message where nothing was sent before; nothing where it is wrong.
[[nodiscard]] std::optional<QByteArray> bytesOf(const ListMessage& message, const MessageUse& use);

} // namespace sockeye
