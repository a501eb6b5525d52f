// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Returns every byte, as it comes, or message by message of a chosen protocol; closes when the peer does (wire
/// protocol §2).
class EchoService final : public Service {
public:
    explicit EchoService(const ServiceOptions& options = {})
        : m_protocol(options.protocol ? options.protocol : rawProtocol())
    {
    }
    [[nodiscard]] const ProtocolPtr& protocol() const override { return m_protocol; }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;

private:
    ProtocolPtr m_protocol;
};

} // namespace sockeye
