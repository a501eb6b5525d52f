// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/raw/raw_protocol.h"
#include "protocol/services/service.h"

namespace sockeye {

/// Returns what it reads in upper case (wire protocol §2): full Unicode mapping, UTF-8, a character cut by a read
/// boundary held until it is whole; bytes that are no UTF-8 go back as they are. Closes after the first reply, or, if
/// persistent, when the peer closes or sends a line `exit`.
class UppercaseService final : public Service {
public:
    explicit UppercaseService(const ServiceOptions& options);
    [[nodiscard]] const ProtocolPtr& protocol() const override { return rawProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;

private:
    bool m_persistent = false;
};

} // namespace sockeye
