// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

namespace sockeye {

/// A datagram is a message, whatever it says.
class DatagramProtocol final : public Protocol {
public:
    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] bool cutsStreams() const override { return false; }
    [[nodiscard]] bool readsDatagrams() const override { return true; }
    [[nodiscard]] std::unique_ptr<Framing> newFraming(const Limits& limits) const override;
    [[nodiscard]] QString nextMessage() const override;
    [[nodiscard]] ReplyEnd replyEnd() const override { return ReplyEnd::Amount; }
};

/// The one value of it.
[[nodiscard]] const ProtocolPtr& datagramProtocol();

} // namespace sockeye
