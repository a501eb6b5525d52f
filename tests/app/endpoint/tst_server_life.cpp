// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Peers that keep a server busy until it goes away.
class Crowd {
public:
    Crowd(const SocketAddress& address, int count)
    {
        for (int i = 0; i < count; ++i) {
            m_threads.emplace_back(QThread::create([this, address, i] {
                const ExchangeVector& vector = vectors()[i % vectors().size()];
                while (!m_over) {
                    Peer peer(address);
                    if (!peer.isConnected()) {
                        QThread::yieldCurrentThread();
                        continue;
                    }
                    do {
                        peer.send(vector.request);
                        const QByteArray reply = peer.read(vector.reply.size());
                        if (peer.end() == Peer::End::Open && reply != vector.reply) {
                            ++m_wrong;
                        }
                        ++m_exchanges;
                    } while (!m_over && peer.end() == Peer::End::Open);
                }
            }));
            m_threads.back()->start();
        }
    }
    ~Crowd() { disperse(); }
    void disperse()
    {
        m_over = true;
        for (const auto& thread : m_threads) {
            thread->wait();
        }
    }
    [[nodiscard]] int exchanges() const { return m_exchanges; }
    [[nodiscard]] int wrong() const { return m_wrong; }

private:
    std::atomic<bool> m_over = false;
    std::atomic<int> m_exchanges = 0;
    std::atomic<int> m_wrong = 0;
    std::vector<std::unique_ptr<QThread>> m_threads;
};

/// Starting, stopping, starting again, and going away, with peers at it.
class TestServerLife : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void says()
    {
        Server server(m_threads, nullptr);
        QSignalSpy changes(&server, &Server::stateChanged);
        server.start(testOptions(false));
        QCOMPARE(server.state(), Server::State::Starting);
        QTRY_COMPARE(server.state(), Server::State::Listening);
        QVERIFY(server.address().port != 0);
        QCOMPARE(server.address().host, QHostAddress(QHostAddress::LocalHost));
        server.stop();
        QCOMPARE(server.state(), Server::State::Stopping);
        QTRY_COMPARE(server.state(), Server::State::Stopped);
        QCOMPARE(changes.size(), 4);
        server.stop();
        QCOMPARE(server.state(), Server::State::Stopped);
    }

    void fails_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("code");
        QTest::newRow("not our address") << QStringLiteral("192.0.2.1") << QStringLiteral("app")
                                         << QStringLiteral("address-not-available");
        QTest::newRow("no such name") << QStringLiteral("no-such-host.invalid") << QStringLiteral("app")
                                      << QStringLiteral("name-not-found");
        QTest::newRow("no such service") << QStringLiteral("127.0.0.1") << QStringLiteral("teapot")
                                         << QStringLiteral("other");
    }
    void fails()
    {
        QFETCH(const QString, host);
        QFETCH(const QString, service);
        QFETCH(const QString, code);
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(false);
        options.host = host;
        options.service = service;
        server.start(options);
        QTRY_COMPARE_WITH_TIMEOUT(server.state(), Server::State::Failed, 30'000);
        QCOMPARE(QString(codeName(server.failure().code)), code);
        QVERIFY(!server.failure().what.isEmpty());
        // It can be tried again.
        QVERIFY(startAndWait(server, testOptions(false)));
        QVERIFY(!server.failure());
    }

    void addressInUse()
    {
        const Watched watched;
        Server first(m_threads, nullptr);
        QVERIFY(startAndWait(first, testOptions(false)));
        Server second(m_threads, watched.capture);
        ServerOptions options = testOptions(false);
        options.port = first.address().port;
        second.start(options);
        QTRY_COMPARE(second.state(), Server::State::Failed);
        QCOMPARE(second.failure().code, FailureCode::AddressInUse);
        QVERIFY2(second.failure().what.contains(QString::number(options.port)), qPrintable(second.failure().what));
        QTRY_COMPARE(watched.witness->errors().size(), 1);
    }

    void listensOnAName()
    {
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(false);
        options.host = QStringLiteral("localhost");
        QVERIFY(startAndWait(server, options));
        QVERIFY(server.address().host.isLoopback());
    }

    void comesBackOnTheSamePortAtOnce()
    {
        const ExchangeVector& vector = vectors().constFirst();
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        ServerOptions options = testOptions(true);
        options.port = server.address().port;
        for (int i = 0; i < 5; ++i) {
            Peer peer(server.address());
            peer.send(vector.request);
            QCOMPARE(peer.read(vector.reply.size()), vector.reply);
            // Connections of its last life are open still, or in TIME_WAIT.
            if (i % 2 == 0) {
                server.stop();
            }
            QVERIFY(startAndWait(server, options));
            QCOMPARE(server.address().port, options.port);
        }
    }

    void stopLetsRepliesFinish()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        const QString answer(30'000'000, u'a');
        options.serviceOptions.catalog =
            std::make_shared<Catalog>(QList<Catalog::Entry> { { QStringLiteral("q"), answer } });
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        peer.send(encodeRequest(u"search", u"q", ByteOrder::Little));
        QTRY_COMPARE(server.exchanges(), 1);
        server.stop();
        const QByteArray reply = peer.readToEnd();
        QVERIFY(reply.size() > answer.size());
        QVERIFY(reply.endsWith("a\"}"));
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        peer.close();
        QTRY_COMPARE(server.state(), Server::State::Stopped);
        QCOMPARE(server.exchanges(), 1);
    }

    void stopWaitsForNobodyForLong()
    {
        Server server(m_threads, nullptr);
        ServerOptions options = testOptions(true);
        const QString answer(30'000'000, u'a');
        options.serviceOptions.catalog =
            std::make_shared<Catalog>(QList<Catalog::Entry> { { QStringLiteral("q"), answer } });
        QVERIFY(startAndWait(server, options));
        Peer stubborn(server.address());
        stubborn.send(encodeRequest(u"search", u"q", ByteOrder::Little));
        QTRY_COMPARE(server.exchanges(), 1);
        server.stop();
        QTRY_COMPARE(server.state(), Server::State::Stopped);
    }

    void stopWhileBusy()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        Crowd crowd(server.address(), 4);
        QTRY_VERIFY(crowd.exchanges() > 200);
        server.stop();
        QTRY_COMPARE(server.state(), Server::State::Stopped);
        crowd.disperse();
        QCOMPARE(crowd.wrong(), 0);
        watched.capture->waitUntilIdle();
        int open = 0;
        for (const Seen& seen : watched.witness->all()) {
            open += seen.kind == EventKind::Opened ? 1 : 0;
            open -= seen.kind == EventKind::Closed ? 1 : 0;
        }
        QCOMPARE(open, 0);
    }

    void goneWhileBusy_data()
    {
        QTest::addColumn<bool>("persistent");
        QTest::newRow("persistent") << true;
        QTest::newRow("one exchange") << false;
    }
    void goneWhileBusy()
    {
        QFETCH(const bool, persistent);
        for (int i = 0; i < 5; ++i) {
            const Watched watched;
            auto server = std::make_unique<Server>(m_threads, watched.capture);
            QVERIFY(startAndWait(*server, testOptions(persistent)));
            Crowd crowd(server->address(), 4);
            QTRY_VERIFY(crowd.exchanges() > 20);
            server.reset();
            crowd.disperse();
            QCOMPARE(crowd.wrong(), 0);
        }
    }

    void goneWhileStartingOrStopping()
    {
        {
            Server server(m_threads, nullptr);
            server.start(testOptions(false));
        }
        {
            Server server(m_threads, nullptr);
            QVERIFY(startAndWait(server, testOptions(true)));
            const Peer peer(server.address());
            server.stop();
        }
        {
            Server server(m_threads, nullptr);
            ServerOptions options = testOptions(false);
            options.host = QStringLiteral("localhost");
            server.start(options);
        }
    }

    void catalogueChangesLive()
    {
        const auto request = encodeRequest(u"search", u"q", ByteOrder::Little);
        const auto reply = [](const QByteArray& answer) {
            QByteArray bytes;
            appendMessage(
                bytes, "text/json", "utf-8", ByteOrder::Little, QByteArray("{\"result\": \"" + answer + "\"}"));
            return bytes;
        };
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        std::vector<Peer> peers;
        for (int i = 0; i < 3; ++i) {
            peers.emplace_back(server.address());
            peers.back().send(request);
            const QByteArray none = reply("No match for \\\"q\\\".");
            QCOMPARE(peers.back().read(none.size()), none);
        }
        server.setCatalog(
            std::make_shared<Catalog>(QList<Catalog::Entry> { { QStringLiteral("q"), QStringLiteral("now there") } }));
        const QByteArray there = reply("now there");
        for (Peer& peer : peers) {
            QByteArray answer;
            // The change is on its way to the connection's thread.
            while (answer.isEmpty() || answer == reply("No match for \\\"q\\\".")) {
                peer.send(request);
                answer = peer.readMessage();
                if (peer.end() != Peer::End::Open) {
                    break;
                }
            }
            QCOMPARE(answer, there);
        }
    }
};

} // namespace

SOCKEYE_TEST(TestServerLife)
#include "tst_server_life.moc"
