// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/sink_service.h"

#include "protocol/services/silent_session.h"

namespace sockeye {

std::unique_ptr<Session> SinkService::newSession() const
{
    return std::make_unique<SilentSession>();
}

} // namespace sockeye
