// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/echo_datagram_service.h"

#include "protocol/services/echo_service.h"

namespace sockeye {

std::unique_ptr<Session> EchoDatagramService::newSession() const
{
    return EchoService().newSession();
}

} // namespace sockeye
