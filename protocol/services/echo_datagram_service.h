// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/service.h"

namespace sockeye {

/// Returns every datagram as it came, also an empty one (wire protocol §2, echo over UDP).
class EchoDatagramService final : public Service {
public:
    [[nodiscard]] Transport transport() const override { return Transport::Udp; }
    [[nodiscard]] FramingKind framing() const override { return FramingKind::Datagram; }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
