// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/service.h"

namespace sockeye {

/// Does with each message what the first rule says that matches it; what none matches gets no reply. A connection stays
/// until the peer, or a rule, closes it.
class RulesService : public Service {
public:
    explicit RulesService(const ServiceOptions& options);
    [[nodiscard]] const ProtocolPtr& protocol() const override { return m_protocol; }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
    [[nodiscard]] bool wantsHost() const override { return true; }

protected:
    RulesService(std::shared_ptr<const RuleSource> rules, ProtocolPtr protocol);

private:
    std::shared_ptr<const RuleSource> m_rules; ///< null: there are none
    ProtocolPtr m_protocol;
};

/// The same with datagrams, each of which is a message.
class RulesDatagramService final : public RulesService {
public:
    explicit RulesDatagramService(const ServiceOptions& options);
    [[nodiscard]] Transport transport() const override { return Transport::Udp; }
};

} // namespace sockeye
