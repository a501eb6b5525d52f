// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Accepts and never reads, so that the peer's writes back up: shows flow control (wire protocol §2).
class StallService final : public Service {
public:
    [[nodiscard]] const ProtocolPtr& protocol() const override { return rawProtocol(); }
    [[nodiscard]] bool reads() const override { return false; }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
