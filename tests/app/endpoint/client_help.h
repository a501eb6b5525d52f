// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"

#include <QSignalSpy>

namespace sockeye {

inline ClientOptions optionsFor(const SocketAddress& address, bool persistent = false)
{
    ClientOptions options;
    options.host = address.host.toString();
    options.port = address.port;
    options.persistent = persistent;
    return options;
}

inline SendPlan planOf(const QByteArray& bytes)
{
    SendPlan plan;
    plan.bytes = bytes;
    return plan;
}

/// Sends and waits for what becomes of it.
inline Exchange exchange(Client& client, const ClientOptions& options, const SendPlan& plan)
{
    QSignalSpy finished(&client, &Client::exchangeFinished);
    client.send(options, plan);
    return finished.wait(20'000) ? finished.constFirst().constFirst().value<Exchange>() : Exchange();
}

} // namespace sockeye
