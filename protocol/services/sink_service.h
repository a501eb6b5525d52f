// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/service.h"

namespace sockeye {

/// Reads and discards (wire protocol §2).
class SinkService final : public Service {
public:
    [[nodiscard]] FramingKind framing() const override { return FramingKind::Raw; }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override;
};

} // namespace sockeye
