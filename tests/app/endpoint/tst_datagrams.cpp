// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"
#include "app/endpoint/datagram_link.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/datagram/datagram_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

ServerOptions udpServer(const QString& service = QStringLiteral("echo-udp"))
{
    ServerOptions options;
    options.service = service;
    options.port = 0;
    return options;
}

ClientOptions udpClient(const SocketAddress& server)
{
    ClientOptions options;
    options.host = server.host.toString();
    options.port = server.port;
    options.transport = Transport::Udp;
    options.protocol = datagramProtocol();
    return options;
}

/// Numbers, so that bytes in the wrong place are seen.
QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i % 251);
    }
    return bytes;
}

class TestDatagrams : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

    /// Sends, and waits for what becomes of it.
    static Exchange exchange(Client& client, const ClientOptions& options, const SendPlan& plan)
    {
        QSignalSpy finished(&client, &Client::exchangeFinished);
        client.send(options, plan);
        return finished.wait(20'000) ? finished.constFirst().constFirst().value<Exchange>() : Exchange();
    }

private Q_SLOTS:
    /// Where nobody counts as gone by himself, newcomers would else be shut out for good.
    void theOldestMakesWayWithoutAnIdleTime()
    {
        const Watched watched(datagramProtocol());
        Server server(m_threads, watched.capture);
        ServerOptions options = udpServer();
        options.maxConnections = 2;
        options.idleTimeout = 0ms;
        QVERIFY(startAndWait(server, options));
        std::vector<std::unique_ptr<QUdpSocket>> peers;
        const auto ask = [&](QUdpSocket& peer) {
            peer.write("x");
            return peer.waitForReadyRead(10'000) && peer.readAll() == "x";
        };
        for (int i = 0; i < 2; ++i) {
            peers.push_back(std::make_unique<QUdpSocket>());
            peers.back()->connectToHost(server.address().host, server.address().port);
            QVERIFY(ask(*peers.back()));
        }
        QVERIFY(ask(*peers[0])); // now the second one is silent for longest
        peers.push_back(std::make_unique<QUdpSocket>());
        peers.back()->connectToHost(server.address().host, server.address().port);
        QVERIFY(ask(*peers.back()));
        QTRY_VERIFY(watched.witness->hasClosed(2));
        QVERIFY(!watched.witness->hasClosed(1));
        QVERIFY(watched.witness->errors().isEmpty());
    }

    void sizes_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("size");
        for (const auto& host : { QStringLiteral("127.0.0.1"), QStringLiteral("::1") }) {
            for (const int size : { 0, 1, 1472, 1473, 65'507 }) {
                QTest::addRow("%s %d", qPrintable(host), size) << host << size;
            }
        }
    }

    void sizes()
    {
        QFETCH(const QString, host);
        QFETCH(const int, size);
        const Watched seenByServer(datagramProtocol());
        const Watched seenByClient(datagramProtocol());
        Server server(m_threads, seenByServer.capture);
        ServerOptions options = udpServer();
        options.host = host;
        QVERIFY(startAndWait(server, options));
        Client client(m_threads, seenByClient.capture);
        const QByteArray bytes = pattern(size);
        const Exchange done = exchange(client, udpClient(server.address()), { bytes, {}, 0ms, true, false });
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, bytes);
        QVERIFY(done.whole >= 0);
        QCOMPARE(done.requestSize, size);
        QTRY_COMPARE(seenByServer.witness->of(EventKind::Chunk, 1).size(), 2);
        QTRY_VERIFY(seenByClient.witness->hasClosed(1));
        QCOMPARE(seenByClient.witness->of(EventKind::Chunk, 1).size(), 2);
        QCOMPARE(seenByServer.witness->stream(1, Direction::In), bytes);
        QCOMPARE(seenByClient.witness->stream(1, Direction::In), bytes);
        const ConnectionFacts facts = seenByServer.witness->of(EventKind::Opened, 1).constFirst().facts;
        const ConnectionFacts other = seenByClient.witness->of(EventKind::Opened, 1).constFirst().facts;
        QCOMPARE(facts.transport, Transport::Udp);
        QCOMPARE(facts.peer, other.local);
        QCOMPARE(facts.local, other.peer);
        QVERIFY(!facts.weConnected && other.weConnected);
        QCOMPARE(server.exchanges(), 1);
    }

    void largestDatagram_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QList<qint64>>("chunks");
        QTest::addColumn<qint64>("largest");
        QTest::newRow("nothing") << 0 << QList<qint64> {} << qint64(0);
        QTest::newRow("whole") << 70'000 << QList<qint64> {} << qint64(70'000);
        QTest::newRow("pieces") << 70'000 << QList<qint64> { 10, 35'000 } << qint64(35'000);
        QTest::newRow("the last repeats") << 70'000 << QList<qint64> { 1 } << qint64(1);
        QTest::newRow("less than the last") << 100 << QList<qint64> { 30, 500 } << qint64(70);
        QTest::newRow("all in the first") << 100 << QList<qint64> { 500, 600 } << qint64(100);
        QTest::newRow("nothing in pieces") << 0 << QList<qint64> { 5 } << qint64(0);
    }

    void largestDatagram()
    {
        QFETCH(const int, size);
        QFETCH(const QList<qint64>, chunks);
        QFETCH(const qint64, largest);
        QCOMPARE(DatagramLink::largestDatagram({ QByteArray(size, 'x'), chunks, 0ms, true, false }), largest);
    }

    void tooLargeIsNotSent()
    {
        const Watched watched(datagramProtocol());
        Client client(m_threads, watched.capture);
        const Exchange done = exchange(
            client, udpClient({ QHostAddress(QHostAddress::LocalHost), 9 }), { pattern(65'508), {}, 0ms, true, false });
        QCOMPARE(done.failure.code, FailureCode::TooLarge);
        QCOMPARE(done.connection, quint32(0));
        QVERIFY2(done.failure.what.contains(QStringLiteral("65,508")), qPrintable(done.failure.what));
    }

    void refusalIsHeard()
    {
        const Watched watched(datagramProtocol());
        QUdpSocket taken;
        QVERIFY(taken.bind(QHostAddress::LocalHost, 0));
        const SocketAddress nobody { QHostAddress(QHostAddress::LocalHost), taken.localPort() };
        taken.close();
        Client client(m_threads, watched.capture);
        const Exchange done = exchange(client, udpClient(nobody), { "anybody?", {}, 0ms, true, false });
        QCOMPARE(done.failure.code, FailureCode::Refused);
        QVERIFY2(done.failure.meaning.contains(QStringLiteral("ICMP")), qPrintable(done.failure.meaning));
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind, CloseKind::Failed);
        QTRY_COMPARE(watched.witness->errors().size(), 1);
        QCOMPARE(watched.witness->errors().constFirst().code, QStringLiteral("refused"));
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
    }

    void noAnswer()
    {
        const Watched watched(datagramProtocol());
        QUdpSocket silent;
        QVERIFY(silent.bind(QHostAddress::LocalHost, 0));
        Client client(m_threads, watched.capture);
        ClientOptions options = udpClient({ silent.localAddress(), silent.localPort() });
        options.replyTimeout = 50ms;
        const Exchange done = exchange(client, options, { "anybody?", {}, 0ms, true, false });
        QCOMPARE(done.failure.code, FailureCode::NoReply);
        QVERIFY2(done.failure.meaning.startsWith(QStringLiteral("UDP does not say")), qPrintable(done.failure.meaning));
        QTRY_VERIFY(silent.hasPendingDatagrams());
        const Exchange told = exchange(client, options, { "you need not answer", {}, 0ms, false, false });
        QVERIFY(told.ok());
    }

    void piecesAreDatagrams()
    {
        const Watched watched(datagramProtocol());
        const Watched other(datagramProtocol());
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, udpServer(QStringLiteral("uppercase-udp"))));
        Client client(m_threads, other.capture);
        const Exchange done =
            exchange(client, udpClient(server.address()), { "abcdefgh", { 1, 2, 3 }, 1ms, true, false });
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, QByteArray("ABCDEFGH"));
        const auto received = [&watched] {
            QList<QByteArray> got;
            for (const Seen& seen : watched.witness->of(EventKind::Chunk, 1)) {
                if (seen.direction == Direction::In) {
                    got.append(seen.bytes);
                }
            }
            return got;
        };
        QTRY_COMPARE(received(), QList<QByteArray>({ "a", "bc", "def", "gh" }));
    }

    /// What does not come back is told, and what did is the reply.
    void lostAnswers()
    {
        const Watched watched(datagramProtocol());
        QUdpSocket once;
        QVERIFY(once.bind(QHostAddress::LocalHost, 0));
        connect(&once, &QUdpSocket::readyRead, &once, [&once, answered = false]() mutable {
            while (once.hasPendingDatagrams()) {
                char data[16];
                QHostAddress from;
                quint16 port = 0;
                const qint64 size = once.readDatagram(data, sizeof data, &from, &port);
                if (!std::exchange(answered, true)) {
                    once.writeDatagram(data, size, from, port);
                }
            }
        });
        Client client(m_threads, watched.capture);
        ClientOptions options = udpClient({ once.localAddress(), once.localPort() });
        options.replyTimeout = 200ms;
        const Exchange done = exchange(client, options, { "abcd", { 2 }, 0ms, true, false });
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, QByteArray("ab"));
        QTRY_COMPARE(watched.witness->of(EventKind::Note, 1).size(), 1);
    }

    void keptSocketIsOnePeer()
    {
        const Watched watched(datagramProtocol());
        const Watched other(datagramProtocol());
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, udpServer()));
        Client client(m_threads, other.capture);
        ClientOptions options = udpClient(server.address());
        for (const bool persistent : { true, false }) {
            options.persistent = persistent;
            for (int i = 0; i < 3; ++i) {
                const Exchange done = exchange(client, options, { QByteArray::number(i), {}, 0ms, true, false });
                QCOMPARE(done.reply, QByteArray::number(i));
                QCOMPARE(done.connection, quint32(persistent ? 1 : 2 + i));
                QCOMPARE(done.replyOffset, persistent ? i : 0);
            }
        }
        QTRY_COMPARE(watched.witness->of(EventKind::Opened, 4).size(), 1);
        QTRY_COMPARE(watched.witness->stream(1, Direction::In), QByteArray("012"));
    }

    /// A message of the application protocol in a datagram; and what only looks like one.
    void messages()
    {
        const Watched watched;
        QUdpSocket server;
        QVERIFY(server.bind(QHostAddress::LocalHost, 0));
        QByteArray answer;
        appendMessage(answer, "text/json", "utf-8", ByteOrder::Little, "{\"result\": \"yes\"}");
        connect(&server, &QUdpSocket::readyRead, &server, [&server, &answer] {
            QHostAddress from;
            quint16 port = 0;
            server.readDatagram(nullptr, 0, &from, &port);
            server.writeDatagram(answer, from, port);
        });
        Client client(m_threads, watched.capture);
        ClientOptions options = udpClient({ server.localAddress(), server.localPort() });
        options.protocol = appProtocol();
        const SendPlan plan { encodeRequest(QStringLiteral("search"), QStringLiteral("x"), ByteOrder::Little), {}, 0ms,
            true, false };
        const Exchange good = exchange(client, options, plan);
        QVERIFY2(good.ok(), qPrintable(good.failure.oneLine()));
        QCOMPARE(good.reply, answer);
        QVERIFY(good.replyFrame.detail);
        answer.chop(1);
        const Exchange cut = exchange(client, options, plan);
        QCOMPARE(cut.failure.code, FailureCode::BadMessage);
    }

    void idlePeersGo()
    {
        const Watched watched(datagramProtocol());
        Server server(m_threads, watched.capture);
        ServerOptions options = udpServer();
        options.idleTimeout = 100ms;
        options.maxConnections = 1;
        QVERIFY(startAndWait(server, options));
        QUdpSocket one;
        QUdpSocket two;
        one.writeDatagram("1", server.address().host, server.address().port);
        QTRY_VERIFY(one.hasPendingDatagrams());
        two.writeDatagram("2", server.address().host, server.address().port);
        QTRY_COMPARE(watched.witness->errors().size(), 1);
        QCOMPARE(watched.witness->errors().constFirst().code, QStringLiteral("too-many-connections"));
        QTRY_VERIFY(watched.witness->hasClosed(1));
        two.writeDatagram("3", server.address().host, server.address().port);
        QTRY_VERIFY(two.hasPendingDatagrams());
        QTRY_COMPARE(watched.witness->stream(2, Direction::In), QByteArray("3"));
    }

    void closeStopAndStartAgain()
    {
        const Watched watched(datagramProtocol());
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, udpServer()));
        const SocketAddress address = server.address();
        QUdpSocket peer;
        peer.writeDatagram("1", address.host, address.port);
        QTRY_VERIFY(watched.witness->of(EventKind::Chunk, 1).size() == 2);
        server.closeConnection(99); // nobody's
        server.closeConnection(1);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        peer.writeDatagram("2", address.host, address.port);
        QTRY_COMPARE(watched.witness->of(EventKind::Chunk, 2).size(), 2);
        server.stop();
        QTRY_COMPARE(server.state(), Server::State::Stopped);
        QTRY_VERIFY(watched.witness->hasClosed(2));
        QCOMPARE(server.exchanges(), 2);
        ServerOptions again = udpServer();
        again.port = address.port;
        QVERIFY(startAndWait(server, again));
        peer.writeDatagram("3", address.host, address.port);
        QTRY_COMPARE(watched.witness->of(EventKind::Chunk, 3).size(), 2);

        Server second(m_threads, watched.capture);
        second.start(again);
        QTRY_COMPARE(second.state(), Server::State::Failed);
        QCOMPARE(second.failure().code, FailureCode::AddressInUse);
    }
};

} // namespace

SOCKEYE_TEST(TestDatagrams)
#include "tst_datagrams.moc"
