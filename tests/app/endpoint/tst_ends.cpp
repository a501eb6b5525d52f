// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/channel.h"
#include "app/endpoint/client.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// How connections end, and what is said of it.
class TestEnds : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 1 };

    static ServerOptions serviceOptions(const QString& service)
    {
        ServerOptions options = testOptions(true);
        options.service = service;
        return options;
    }

    static ClientOptions clientOptions(const SocketAddress& server, FramingKind framing = FramingKind::Raw)
    {
        ClientOptions options;
        options.host = server.host.toString();
        options.port = server.port;
        options.framing = framing;
        options.replyTimeout = 0ms;
        return options;
    }

private Q_SLOTS:
    /// It may still be listening: nothing is thrown away for it, and it sees no reset.
    void stalledPeerHalfCloses_data()
    {
        addAbilityRow(can().halfClose, "it stays until it is idle", "no half-close: it is gone");
    }
    void stalledPeerHalfCloses()
    {
        QFETCH(const bool, able);
        const Watched watched(FramingKind::Raw);
        Server server(m_threads, watched.capture);
        ServerOptions options = serviceOptions(QStringLiteral("stall"));
        options.idleTimeout = 1'500ms;
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        peer.send("nobody reads this");
        peer.finish();
        if (!able) {
            QTRY_VERIFY(watched.witness->hasClosed(1));
            return;
        }
        QTRY_COMPARE(watched.witness->of(EventKind::Note, 1).size(), 1);
        QVERIFY(!watched.witness->hasClosed(1));
        // It has nothing more to say: after the idle time-out it is let go, in good order.
        QCOMPARE(peer.readToEnd(), QByteArray());
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind, CloseKind::Orderly);
        QCOMPARE(watched.witness->stream(1, Direction::In), QByteArray("nobody reads this"));
    }

    void stalledPeerResets_data() { addAbilityRow(can().tellsReset, "told as a reset", "looks like an end of stream"); }
    void stalledPeerResets()
    {
        QFETCH(const bool, able);
        const Watched watched(FramingKind::Raw);
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, serviceOptions(QStringLiteral("stall"))));
        Peer peer(server.address());
        peer.send("x");
        QTRY_COMPARE(watched.witness->of(EventKind::Opened, 1).size(), 1);
        peer.reset();
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind,
            able ? CloseKind::ResetByPeer : CloseKind::Orderly);
    }

    void halfClosesAfterWhatIsUnsent_data()
    {
        addAbilityRow(
            can().halfClose, "and the other direction goes on", "no half-close: a note says so, and both go on");
    }
    void halfClosesAfterWhatIsUnsent()
    {
        QFETCH(const bool, able);
        const Watched watched(FramingKind::Raw);
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, serviceOptions(QStringLiteral("echo"))));
        Peer peer(server.address());
        const qint64 sent = peer.sendUntilStuck(QByteArray(1024 * 1024, 'x'), 100);
        QVERIFY(sent < 100 * 1024 * 1024);
        server.halfCloseConnection(1);
        if (!able) {
            QTRY_COMPARE(watched.witness->of(EventKind::Note, 1).size(), 1);
            QVERIFY(!watched.witness->hasClosed(1));
            return;
        }
        const QByteArray read = peer.readToEnd();
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        QVERIFY(!read.isEmpty());
        QTRY_COMPARE(watched.witness->of(EventKind::Finished, 1).size(), 1);
        QCOMPARE(watched.witness->stream(1, Direction::Out).size(), read.size());
        // The other direction goes on.
        QVERIFY(!watched.witness->hasClosed(1));
        peer.send("still here");
        QTRY_VERIFY(watched.witness->stream(1, Direction::In).endsWith("still here"));
    }

    /// A server that has said its last word waits as long as anything comes, and then as long as was asked for.
    void lingersFromTheLastByte_data()
    {
        addAbilityRow(can().halfClose, "as long as bytes come", "no half-close: its last word is the end");
    }
    void lingersFromTheLastByte()
    {
        QFETCH(const bool, able);
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(false);
        options.linger = 400ms;
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        peer.send(vectors().constFirst().request);
        QCOMPARE(peer.readToEnd(), vectors().constFirst().reply);
        if (!able) {
            QTRY_VERIFY(watched.witness->hasClosed(1));
            return;
        }
        QElapsedTimer time;
        time.start();
        while (time.elapsed() < 1'000) {
            peer.send("x");
            QTest::qWait(50);
            QVERIFY2(!watched.witness->hasClosed(1), qPrintable(QString::number(time.elapsed())));
        }
        QTRY_VERIFY_WITH_TIMEOUT(watched.witness->hasClosed(1), 2'000);
    }

    void clientLingersFromTheLastByte_data()
    {
        addAbilityRow(can().halfClose, "as long as bytes come", "no half-close: its last word is the end");
    }
    void clientLingersFromTheLastByte()
    {
        QFETCH(const bool, able);
        const Watched watched(FramingKind::Raw);
        const PlainListener listener;
        Client client(m_threads, watched.capture);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        ClientOptions options = clientOptions(listener.address());
        options.linger = 400ms;
        client.send(options, { "ab", {}, 0ms, true, false });
        Peer peer = listener.accept();
        QCOMPARE(peer.read(2), QByteArray("ab"));
        peer.send("cd");
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(peer.readToEnd(), QByteArray()); // its end of stream is here
        if (!able) {
            QTRY_VERIFY(watched.witness->hasClosed(1));
            return;
        }
        QElapsedTimer time;
        time.start();
        while (time.elapsed() < 1'000) {
            peer.send("x");
            QTest::qWait(50);
            QVERIFY2(!watched.witness->hasClosed(1), qPrintable(QString::number(time.elapsed())));
        }
        QTRY_VERIFY_WITH_TIMEOUT(watched.witness->hasClosed(1), 2'000);
        QTRY_VERIFY(!client.isLingering());
    }

    /// A connection that is gone is not waited for.
    void resetIsNotLingeredFor_data()
    {
        addAbilityRow(can().tellsReset, "told as a reset", "looks like an end of stream");
    }
    void resetIsNotLingeredFor()
    {
        QFETCH(const bool, able);
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        QSignalSpy lingering(&client, &Client::lingeringChanged);
        client.send(clientOptions(listener.address()), { "ab", {}, 0ms, true, false });
        Peer peer = listener.accept();
        QCOMPARE(peer.read(2), QByteArray("ab"));
        peer.reset();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.constFirst().constFirst().value<Exchange>().failure.code,
            able ? FailureCode::Reset : FailureCode::ClosedEarly);
        QTRY_VERIFY(!client.isLingering());
        if (able) {
            QCOMPARE(lingering.size(), 0);
        }
        QCOMPARE(client.state(), Client::State::Disconnected);
        // The next exchange is an ordinary one.
        client.send(clientOptions(listener.address()), { "ab", {}, 0ms, true, false });
        Peer next = listener.accept();
        QCOMPARE(next.read(2), QByteArray("ab"));
        next.send("cd");
        next.close();
        QTRY_COMPARE(finished.size(), 2);
        QVERIFY(finished.constLast().constFirst().value<Exchange>().ok());
        QTRY_VERIFY(!client.isLingering());
    }

    /// Nobody knows how long it gets; what is kept of it has a bound all the same.
    void replyWithoutEndIsKeptUpToABound_data()
    {
        addAbilityRow(can().halfClose, "the end tells", "no half-close: as many bytes as were sent are the reply");
    }
    void replyWithoutEndIsKeptUpToABound()
    {
        QFETCH(const bool, able);
        constexpr qint64 most = 64 * 1024 * 1024;
        constexpr qint64 more = most + most / 4;
        const Watched watched(FramingKind::Raw);
        const PlainListener listener;
        Client client(m_threads, watched.capture);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        client.send(clientOptions(listener.address()), { "ab", {}, 0ms, true, true });
        const std::unique_ptr<QThread> sender(QThread::create([&] {
            Peer peer = listener.accept();
            (void)peer.read(2);
            peer.send(QByteArray(most / 4, 'a').repeated(5));
        }));
        sender->start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 30'000);
        sender->wait();
        const auto exchange = finished.constFirst().constFirst().value<Exchange>();
        QVERIFY2(exchange.ok(), qPrintable(exchange.failure.oneLine()));
        if (!able) {
            QVERIFY(exchange.replySize >= 2 && exchange.replySize < more);
            return;
        }
        QCOMPARE(exchange.replySize, more);
        QVERIFY(exchange.reply.size() >= most && exchange.reply.size() < most + 1024 * 1024);
        QTRY_COMPARE(watched.witness->of(EventKind::Note, 1).size(), 1);
    }

    /// Each by its own order, as a page does for rows that are selected: the time is that of the orders.
    void closesVeryMany()
    {
        constexpr int many = 3'000;
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        std::vector<Peer> peers;
        for (int i = 0; i < many; ++i) {
            peers.emplace_back(server.address());
            QVERIFY(peers.back().isConnected());
        }
        const Vector& vector = vectors().constFirst();
        peers.back().send(vector.request); // all are accepted by then
        QCOMPARE(peers.back().readMessage(), vector.reply);
        for (quint32 id = many; id > 0; --id) {
            server.closeConnection(id);
        }
        for (Peer& peer : peers) {
            QCOMPARE(peer.readToEnd(), QByteArray());
            QCOMPARE(peer.end(), Peer::End::EndOfStream);
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestEnds)
#include "tst_ends.moc"
