// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Reads and discards (wire protocol §2).
class SinkService final : public Service {
public:
    [[nodiscard]] const ProtocolPtr& protocol() const override { return rawProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
