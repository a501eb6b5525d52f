// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Returns every datagram as it came, also an empty one (wire protocol §2, echo over UDP).
class EchoDatagramService final : public Service {
public:
    [[nodiscard]] Transport transport() const override { return Transport::Udp; }
    [[nodiscard]] const ProtocolPtr& protocol() const override { return datagramProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
