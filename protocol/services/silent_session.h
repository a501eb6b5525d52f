// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/services/service.h"

namespace sockeye {

/// The side of a service that never says a word.
class SilentSession final : public Session {
public:
    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(frame)
        Q_UNUSED(bytes)
        Q_UNUSED(out)
        return After::Keep;
    }
};

} // namespace sockeye
