// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"
#include "app/endpoint/many_connections.h"
#include "app/endpoint/server.h"
#include "app/load/load_run.h"
#include "tests/app/endpoint/blocked_threads.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

ServerOptions closingOptions(const QString& service, quint16 port = 0)
{
    ServerOptions options;
    options.service = service;
    options.port = port;
    return options;
}

bool listensAt(Server& server, const ServerOptions& options)
{
    server.start(options);
    return QTest::qWaitFor([&] { return server.state() == Server::State::Listening; });
}

/// The usual engine, whose streams take a while to be made.
class SlowEngine final : public Engine {
public:
    SlowEngine() = default;
    [[nodiscard]] QLatin1StringView id() const override { return defaultEngine().id(); }
    [[nodiscard]] QString title() const override { return defaultEngine().title(); }
    [[nodiscard]] const EngineCapabilities& capabilities() const override { return defaultEngine().capabilities(); }
    [[nodiscard]] QStringList limits() const override { return defaultEngine().limits(); }
    [[nodiscard]] std::unique_ptr<Stream> newStream(Stream::Owner* owner) const override
    {
        reached.release();
        gaveUp.store(!go.tryAcquire(1, 5'000));
        return defaultEngine().newStream(owner);
    }
    [[nodiscard]] std::unique_ptr<Acceptor> newAcceptor(Acceptor::Owner& owner) const override
    {
        return defaultEngine().newAcceptor(owner);
    }
    [[nodiscard]] std::unique_ptr<DatagramSocket> newDatagramSocket(DatagramSocket::Owner* owner) const override
    {
        return defaultEngine().newDatagramSocket(owner);
    }

    mutable QSemaphore reached;
    mutable QSemaphore go;
    mutable std::atomic<bool> gaveUp { false };
};

/// Who lets go of an endpoint does not wait for its I/O threads, and these end it nevertheless.
class TestClosing : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void server_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<bool>("stopped");
        QTest::newRow("TCP") << "app" << false;
        QTest::newRow("a room") << "chat" << false;
        QTest::newRow("UDP") << "uppercase-udp" << false;
        QTest::newRow("TCP, while it stops") << "app" << true;
        QTest::newRow("UDP, while it stops") << "uppercase-udp" << true;
    }
    void server()
    {
        QFETCH(const QString, service);
        QFETCH(const bool, stopped);
        const bool isUdp = serviceTransport(service) == Transport::Udp;
        IoThreads threads(2);
        const Watched watched;
        auto server = std::make_unique<Server>(threads, watched.capture);
        QVERIFY(listensAt(*server, closingOptions(service)));
        const SocketAddress address = server->address();
        std::optional<Peer> peer;
        if (!isUdp) {
            peer.emplace(address);
            QVERIFY(QTest::qWaitFor([&] { return !watched.witness->of(EventKind::Opened, 1).isEmpty(); }));
        }
        BlockedThreads blocked(threads);
        if (stopped) {
            server->stop();
        }
        server.reset();
        QVERIFY(blocked.areBlocked());

        // Another one on the same port is told at once, and comes behind.
        Server next(threads, nullptr);
        next.start(closingOptions(service, address.port));
        blocked.letGo();
        QVERIFY(QTest::qWaitFor([&] { return next.state() != Server::State::Starting; }));
        QVERIFY2(next.state() == Server::State::Listening, qPrintable(next.failure().oneLine()));
        QCOMPARE(next.address().port, address.port);
        if (peer) {
            (void)peer->readToEnd();
            QVERIFY(peer->end() != Peer::End::Open);
            QVERIFY(QTest::qWaitFor([&] { return watched.witness->hasClosed(1); }));
        }
    }

    void client_data()
    {
        QTest::addColumn<bool>("many");
        QTest::newRow("client") << false;
        QTest::newRow("many connections") << true;
    }
    void client()
    {
        QFETCH(const bool, many);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const Watched watched;
        auto threads = std::make_unique<IoThreads>(1);
        std::unique_ptr<QObject> endpoint;
        if (many) {
            auto connections = std::make_unique<ManyConnections>(*threads, watched.capture);
            ManyOptions options;
            options.port = server.serverPort();
            options.connections = 3;
            options.messages = { "hello" };
            connections->start(options);
            endpoint = std::move(connections);
        } else {
            auto one = std::make_unique<Client>(*threads, watched.capture);
            ClientOptions options;
            options.port = server.serverPort();
            one->send(options, { "hello", {}, 0ms });
            endpoint = std::move(one);
        }
        QVERIFY(QTest::qWaitFor([&] { return !watched.witness->of(EventKind::Opened, 1).isEmpty(); }));
        BlockedThreads blocked(*threads);
        endpoint.reset();
        QVERIFY(blocked.areBlocked());
        blocked.letGo();
        threads.reset(); // it is all over then
        watched.capture->waitUntilIdle();
        QVERIFY(watched.witness->hasClosed(1));
    }

    void load_data()
    {
        QTest::addColumn<int>("streams"); // that it makes before it is closed
        QTest::newRow("while it looks at the server") << 0;
        QTest::newRow("while it opens its connections") << 1;
    }
    void load()
    {
        QFETCH(const int, streams);
        static std::vector<std::unique_ptr<SlowEngine>> engines; // until after the application's end: threads have them
        const SlowEngine& engine = *engines.emplace_back(std::make_unique<SlowEngine>());
        engine.go.release(streams);
        IoThreads threads(1);
        Server server(threads, nullptr);
        ServerOptions options = closingOptions(QStringLiteral("app"));
        options.serviceOptions.persistent = true;
        QVERIFY(listensAt(server, options));
        auto run = std::make_unique<LoadRun>();
        LoadPlan plan;
        plan.port = server.address().port;
        plan.mode = LoadMode::Keep;
        plan.mix = readyMadeRequests({ 1, 0, 0 });
        plan.threads = 1;
        plan.engine = &engine;
        run->start(plan);
        QVERIFY(QTest::qWaitFor([&] { return engine.reached.tryAcquire(streams + 1); }));
        run.reset();
        QVERIFY(!engine.gaveUp);
        engine.go.release(1'000);
        QVERIFY(QTest::qWaitFor([&] { return server.exchanges() == streams; }));
    }

    /// Before the threads are gone, so is everything that lived there: the port is free.
    void threadsWaitForWhatLivesInThem_data()
    {
        QTest::addColumn<QString>("service");
        QTest::newRow("TCP") << "chat";
        QTest::newRow("UDP") << "uppercase-udp";
    }
    void threadsWaitForWhatLivesInThem()
    {
        QFETCH(const QString, service);
        quint16 port = 0;
        for (int round = 0; round < 20; ++round) {
            IoThreads threads(2);
            Server server(threads, nullptr);
            server.start(closingOptions(service, port));
            QVERIFY(QTest::qWaitFor([&] { return server.state() != Server::State::Starting; }));
            QVERIFY2(server.state() == Server::State::Listening, qPrintable(server.failure().oneLine()));
            port = server.address().port;
        }
    }
};

} // namespace

SOCKEYE_TEST(TestClosing)
#include "tst_closing.moc"
