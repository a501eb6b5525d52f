// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/exchange_run.h"

#include "app/net/io_threads.h"
#include "app/platform/stop_signals.h"
#include "app/repeat/macro_moment.h"
#include "app/repeat/reply_match.h"

#include <QEventLoop>
#include <QTimer>

#include <utility>

namespace sockeye::cli {

namespace {

/// The options of a client, from the command line.
ClientOptions clientOptions(const Arguments& arguments, const ProtocolPtr& protocol)
{
    ClientOptions options;
    options.host = arguments.host;
    options.port = arguments.port;
    options.family = arguments.family;
    options.engine = arguments.engine;
    options.socket = arguments.socket;
    options.proxy = arguments.proxy;
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

/// The bytes, and how they are to be handed to the socket, from the command line.
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

std::optional<Repetition> repetitionOf(const Arguments& arguments, const ClientOptions& options)
{
    if (!arguments.repeat) {
        return std::nullopt;
    }
    Repetition repetition;
    repetition.every = arguments.repeat->every;
    repetition.count = arguments.repeat->count;
    if (arguments.made) {
        repetition.prepare = [made = arguments.made](qint64 number, ClientOptions&, SendPlan& plan) {
            plan.bytes = made(macroMoment(static_cast<quint64>(number)));
            return Failure();
        };
    }
    if (arguments.repeat->until) {
        repetition.isLast =
            replyMatches(*arguments.repeat->until, spokenBy(replyProtocol(arguments), Sender::Server), options);
    }
    return repetition;
}

ExchangeRun runClient(const std::shared_ptr<Capture>& capture, const Arguments& arguments, const ClientOptions& options,
    const SendPlan& plan, const std::optional<Repetition>& repetition,
    const std::function<void(const Exchange&)>& each = {})
{
    IoThreads threads(1);
    StopSignals stopSignals;
    Client client(threads, capture);
    QEventLoop loop;
    ExchangeRun run;
    bool stops = false;
    QObject::connect(&stopSignals, &StopSignals::stopRequested, &client, [&] {
        if (repetition && !std::exchange(stops, true)) {
            stopSignals.hearAgain();
            client.stopRepeating();
        } else {
            client.cancel();
        }
    });
    QObject::connect(&client, &Client::exchangeFinished, &loop, [&](const Exchange& exchange) {
        run.last = exchange;
        if (each) {
            each(exchange);
        }
        if (repetition) {
            run.report.add(exchange);
        } else {
            loop.quit();
        }
    });
    QObject::connect(&client, &Client::repeatFinished, &loop, [&](RepeatEnd end) {
        run.end = end;
        loop.quit();
    });
    if (repetition) {
        client.repeat(options, plan, *repetition);
    } else {
        client.send(options, plan);
    }
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
    const bool mayBeMore = manyMayAnswer(run.last.peer, options.socket);
    if ((arguments.linger || mayBeMore) && client.isLingering()) {
        QObject::connect(&client, &Client::lingeringChanged, &loop, &QEventLoop::quit);
        QObject::connect(&stopSignals, &StopSignals::stopRequested, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return run;
}

} // namespace

ExchangeRun runExchange(const std::shared_ptr<Capture>& capture, const Arguments& arguments,
    const ProtocolPtr& protocol, const QByteArray& bytes)
{
    const ClientOptions options = clientOptions(arguments, protocol);
    return runClient(capture, arguments, options, sendPlan(arguments, bytes), repetitionOf(arguments, options));
}

ExchangeRun runList(const std::shared_ptr<Capture>& capture, const Arguments& arguments, const ListPlan& plan,
    const std::function<void(const Exchange&)>& each)
{
    const ClientOptions options = clientOptions(arguments, replyProtocol(arguments));
    return runClient(capture, arguments, options, sendPlan(arguments, {}), listRepetition(plan, options), each);
}

} // namespace sockeye::cli
