// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/exchange_run.h"

#include "app/net/io_threads.h"
#include "app/platform/stop_signals.h"

#include <QEventLoop>
#include <QTimer>

namespace sockeye::cli {

Exchange runExchange(
    const std::shared_ptr<Capture>& capture, const ClientOptions& options, const SendPlan& plan, bool lingers)
{
    IoThreads threads(1);
    StopSignals stopSignals;
    Client client(threads, capture);
    QEventLoop loop;
    Exchange result;
    QObject::connect(&client, &Client::exchangeFinished, &loop, [&](const Exchange& exchange) {
        result = exchange;
        loop.quit();
    });
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &client, &Client::cancel);
    client.send(options, plan);
    loop.exec();

    // The connection's end belongs to what is printed and recorded; a peer that does not close cannot keep us long.
    if (client.state() != Client::State::Disconnected) {
        constexpr std::chrono::milliseconds patience { 1'000 };
        QObject::connect(&client, &Client::stateChanged, &loop, [&] {
            if (client.state() == Client::State::Disconnected) {
                loop.quit();
            }
        });
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        client.disconnectFromServer();
        loop.exec();
    }
    if (lingers && client.isLingering()) {
        QObject::connect(&client, &Client::lingeringChanged, &loop, &QEventLoop::quit);
        QObject::connect(&stopSignals, &StopSignals::stopRequested, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return result;
}

ClientOptions clientOptions(const Arguments& arguments, const ProtocolPtr& protocol)
{
    ClientOptions options;
    options.host = arguments.host;
    options.port = arguments.port;
    options.family = arguments.family;
    options.engine = arguments.engine;
    options.protocol = protocol;
    options.limits = arguments.limits();
    options.persistent = arguments.persistent;
    options.tls = arguments.tlsClient;
    options.linger = arguments.linger.value_or(options.linger);
    options.transport = arguments.udp ? Transport::Udp : Transport::Tcp;
    if (arguments.timeout) {
        options.connectTimeout = *arguments.timeout;
        options.replyTimeout = *arguments.timeout;
    }
    return options;
}

SendPlan sendPlan(const Arguments& arguments, const QByteArray& bytes)
{
    SendPlan plan;
    plan.bytes = bytes;
    plan.chunks = arguments.chunks;
    plan.pause = arguments.pause;
    plan.finishAfter = arguments.halfClose;
    plan.untilClose = arguments.untilClose;
    return plan;
}

} // namespace sockeye::cli
