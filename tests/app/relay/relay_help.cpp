// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/relay/relay_help.h"

#include "protocol/protocols/app/app_protocol.h"

#include <QRandomGenerator>
#include <QTest>

namespace sockeye {

RelayOptions relayTo(const SocketAddress& target)
{
    RelayOptions options;
    options.targetHost = target.host.toString();
    options.targetPort = target.port;
    options.seed = 1;
    return options;
}

bool startAndWait(Relay& relay, const RelayOptions& options)
{
    relay.start(options);
    return QTest::qWaitFor([&] { return relay.state() == Relay::State::Listening; }, 60'000);
}

bool stopAndWait(Relay& relay, const Watched& watched)
{
    relay.stop();
    const bool stopped = QTest::qWaitFor([&] { return relay.state() == Relay::State::Stopped; }, 60'000);
    watched.capture->waitUntilIdle();
    return stopped;
}

RelaySetting::RelaySetting(const FaultList& faults, quint64 seed)
{
    RelayOptions options = relayTo(target.address());
    options.faults = faults;
    options.seed = seed;
    isUp = startAndWait(relay, options);
}

QByteArray manyBytes(qsizetype size, quint32 seed)
{
    QByteArray bytes(size + 3, Qt::Uninitialized);
    QRandomGenerator random(seed);
    for (qsizetype i = 0; i < size; i += 4) {
        const quint32 number = random.generate();
        std::memcpy(bytes.data() + i, &number, 4 <= bytes.size() - i ? 4 : static_cast<std::size_t>(bytes.size() - i));
    }
    bytes.resize(size);
    return bytes;
}

bool passIntact(Peer& client, Peer& server, qsizetype size)
{
    const QByteArray up = manyBytes(size + 1, 1);
    const QByteArray down = manyBytes(size + 2, 2);
    QByteArray cameUp;
    QByteArray cameDown;
    auto clientSends = std::async(std::launch::async, [&] { client.send(up); });
    auto serverSends = std::async(std::launch::async, [&] { server.send(down); });
    auto serverReads = std::async(std::launch::async, [&] { cameUp = server.read(up.size()); });
    return aside([&] {
        cameDown = client.read(down.size());
        serverReads.wait();
        clientSends.wait();
        serverSends.wait();
    }) && cameUp == up
        && cameDown == down;
}

} // namespace sockeye
