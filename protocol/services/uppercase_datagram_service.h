// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/datagram/datagram_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// One datagram in, one out, in upper case (wire protocol §2): full Unicode mapping, UTF-8; bytes that are no UTF-8 go
/// back as they are, and so does a character that the end of a datagram cuts off: the next one may never come.
///
/// `exit` in any case, white space around it or not, ends the exchange. It is answered like any other datagram: UDP has
/// no end of stream that would tell a peer that waits for its answer.
class UppercaseDatagramService final : public Service {
public:
    [[nodiscard]] Transport transport() const override { return Transport::Udp; }
    [[nodiscard]] const ProtocolPtr& protocol() const override { return datagramProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
