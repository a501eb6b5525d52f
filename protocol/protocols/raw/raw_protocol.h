// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// Bytes of which nothing is known: a message is what one read or write of the socket carried.
class RawProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] ReplyEnd replyEnd() const override { return ReplyEnd::Amount; }
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& rawProtocol();

} // namespace sockeye
