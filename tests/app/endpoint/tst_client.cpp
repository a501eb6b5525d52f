// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/client_help.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// A client against our server.
class TestClient : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void golden_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("reply");
        for (qsizetype i = 0; i < vectors().size(); ++i) {
            const ExchangeVector& vector = vectors()[i];
            QTest::addRow("%d %s", static_cast<int>(i), vector.name.constData()) << vector.request << vector.reply;
        }
    }
    void golden()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, reply);
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(false)));
        const Watched watched;
        Client client(m_threads, watched.capture);
        const Exchange done = exchange(client, optionsFor(server.address()), planOf(request));
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, reply);
        QCOMPARE(done.replyFrame.size, reply.size());
        QVERIFY(done.replyFrame.detail != nullptr);
        QCOMPARE(done.peer, server.address());
        QCOMPARE(done.connection, 1U);
        QVERIFY(!done.reused);
        QVERIFY(done.startedAt > 0);
        QVERIFY(done.resolved >= 0 && done.connected >= done.resolved);
        QVERIFY(done.firstByte >= done.connected && done.whole >= done.firstByte);
        QVERIFY(done.sent >= done.connected);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->stream(1, Direction::Out), request);
        QCOMPARE(watched.witness->stream(1, Direction::In), reply);
        QVERIFY(watched.witness->of(EventKind::Opened, 1).constFirst().facts.weConnected);
        QVERIFY(watched.witness->errors().isEmpty());
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
    }

    void persistentReusesItsConnection()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Watched watched;
        Client client(m_threads, watched.capture);
        qint64 out = 0;
        qint64 in = 0;
        for (const ExchangeVector& vector : vectors()) {
            const Exchange done = exchange(client, optionsFor(server.address(), true), planOf(vector.request));
            QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
            QCOMPARE(done.reply, vector.reply);
            QCOMPARE(done.reused, out > 0);
            QCOMPARE(done.connection, 1U);
            QCOMPARE(done.requestOffset, out);
            QCOMPARE(done.replyOffset, in);
            out += vector.request.size();
            in += vector.reply.size();
        }
        QCOMPARE(client.state(), Client::State::Connected);
        client.disconnectFromServer();
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
        QTRY_VERIFY(watched.witness->hasClosed(1));
    }

    void sendsWaitForTheirTurn()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        for (const ExchangeVector& vector : vectors()) {
            client.send(optionsFor(server.address(), true), planOf(vector.request));
        }
        QTRY_COMPARE(finished.size(), vectors().size());
        for (qsizetype i = 0; i < finished.size(); ++i) {
            QCOMPARE(finished[i].constFirst().value<Exchange>().reply, vectors()[i].reply);
        }
    }

    void chunks_data()
    {
        QTest::addColumn<QList<qint64>>("chunks");
        QTest::addColumn<int>("pause");
        QTest::addColumn<QList<qint64>>("pieces");
        QTest::newRow("whole") << QList<qint64>() << 0 << QList<qint64> { 146 };
        QTest::newRow("byte by byte") << QList<qint64> { 1 } << 0 << QList<qint64>(146, 1);
        QTest::newRow("two pieces") << QList<qint64> { 2, 200 } << 1 << QList<qint64> { 2, 144 };
        QTest::newRow("the last size repeats") << QList<qint64> { 1, 50 } << 2 << QList<qint64> { 1, 50, 50, 45 };
        QTest::newRow("no piece is empty") << QList<qint64> { 0, -7, 144 } << 0 << QList<qint64> { 1, 1, 144 };
    }
    void chunks()
    {
        QFETCH(const QList<qint64>, chunks);
        QFETCH(const int, pause);
        QFETCH(const QList<qint64>, pieces);
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(false)));
        const Watched watched;
        Client client(m_threads, watched.capture);
        const ExchangeVector& vector = vectors().constFirst();
        SendPlan plan = planOf(vector.request);
        plan.chunks = chunks;
        plan.pause = std::chrono::milliseconds(pause);
        const Exchange done = exchange(client, optionsFor(server.address()), plan);
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, vector.reply);
        watched.capture->waitUntilIdle();
        QList<qint64> seen;
        for (const Seen& chunk : watched.witness->of(EventKind::Chunk, 1)) {
            if (chunk.direction == Direction::Out) {
                seen.append(chunk.bytes.size());
            }
        }
        QCOMPARE(seen, pieces);
        QVERIFY(done.sent >= (pieces.size() - 1) * pause * 1'000'000);
    }

    void slowPlanIsNotTimedOut()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(false)));
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(server.address());
        options.replyTimeout = 60ms;
        SendPlan plan = planOf(vectors().constFirst().request);
        plan.chunks = { 30 };
        plan.pause = 50ms;
        QVERIFY(exchange(client, options, plan).ok());
    }

    void longReplyIsNotTimedOut()
    {
        const PlainListener listener;
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(listener.address());
        options.protocol = rawProtocol();
        options.replyTimeout = 500ms;
        QSignalSpy finished(&client, &Client::exchangeFinished);
        const QByteArray bytes(12, 'x');
        client.send(options, planOf(bytes));
        Peer peer = listener.accept();
        QCOMPARE(peer.read(bytes.size()), bytes);
        // Each of its bytes comes in time, all of them do not.
        qsizetype sent = 0;
        QTimer pace;
        connect(&pace, &QTimer::timeout, &client, [&] {
            if (sent < bytes.size()) {
                peer.send(bytes.sliced(sent++, 1));
            }
        });
        pace.start(60ms);
        QVERIFY(finished.wait(20'000));
        const auto done = finished.constFirst().constFirst().value<Exchange>();
        QVERIFY(done.ok());
        QCOMPARE(done.reply, bytes);
    }

    void replyToTheFirstOfTwoGluedRequests()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Watched watched;
        Client client(m_threads, watched.capture);
        const ExchangeVector& vector = vectors().constFirst();
        SendPlan plan = planOf(vector.request + vector.request);
        plan.chunks = { vector.request.size() };
        plan.pause = 30ms;
        const Exchange done = exchange(client, optionsFor(server.address(), true), plan);
        QVERIFY(done.ok());
        QCOMPARE(done.reply, vector.reply);
        // Everything was sent, and every byte that comes is recorded, after the exchange, too.
        QTRY_COMPARE(watched.witness->stream(1, Direction::In), QByteArray(vector.reply + vector.reply));
        QCOMPARE(watched.witness->stream(1, Direction::Out), plan.bytes);
        // The next exchange gets its own reply.
        const Exchange next = exchange(client, optionsFor(server.address(), true), planOf(vectors()[2].request));
        QCOMPARE(next.reply, vectors()[2].reply);
    }

    void byteServices_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reply");
        QTest::newRow("echo") << QStringLiteral("echo") << QByteArray("hello") << QByteArray("hello");
        QTest::newRow("uppercase") << QStringLiteral("uppercase") << QByteArray("hello") << QByteArray("HELLO");
        QTest::newRow("more comes back than went out, then the server closes")
            << QStringLiteral("uppercase") << QByteArray("\xc5\x89") << QByteArray("\xca\xbcN");
    }
    void byteServices()
    {
        QFETCH(const QString, service);
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, reply);
        Server server(m_threads, nullptr);
        ServerOptions serverOptions = testOptions(false);
        serverOptions.service = service;
        QVERIFY(startAndWait(server, serverOptions));
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(server.address());
        options.protocol = rawProtocol();
        const Exchange done = exchange(client, options, planOf(bytes));
        QVERIFY2(done.ok(), qPrintable(done.failure.oneLine()));
        QCOMPARE(done.reply, reply);
    }

    void byteReplyThatStaysShortIsTakenAfterTheTimeOut()
    {
        const PlainListener listener;
        Client client(m_threads, nullptr);
        ClientOptions options = optionsFor(listener.address());
        options.protocol = rawProtocol();
        options.replyTimeout = 100ms;
        QSignalSpy finished(&client, &Client::exchangeFinished);
        client.send(options, planOf("hello"));
        Peer peer = listener.accept();
        QCOMPARE(peer.read(5), QByteArray("hello"));
        peer.send("hi");
        QVERIFY(finished.wait());
        const auto done = finished.constFirst().constFirst().value<Exchange>();
        QVERIFY(done.ok());
        QCOMPARE(done.reply, QByteArray("hi"));
    }

    void halfCloses_data()
    {
        addAbilityRow(can().halfClose, "and still hears the reply", "no half-close: the connection stays as it is");
    }
    void halfCloses()
    {
        QFETCH(const bool, able);
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        const ExchangeVector& vector = vectors().constFirst();
        SendPlan plan = planOf(vector.request);
        plan.finishAfter = true;
        client.send(optionsFor(listener.address(), true), plan);
        Peer peer = listener.accept();
        if (able) {
            QCOMPARE(peer.readToEnd(), vector.request);
        } else {
            QCOMPARE(peer.read(vector.request.size()), vector.request);
        }
        QTRY_COMPARE(client.state(), able ? Client::State::HalfClosed : Client::State::Connected);
        peer.send(vector.reply);
        QVERIFY(finished.wait());
        QCOMPARE(finished.constFirst().constFirst().value<Exchange>().reply, vector.reply);
    }

    void withoutReply()
    {
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        SendPlan plan = planOf("just this");
        plan.expectReply = false;
        client.send(optionsFor(listener.address()), plan);
        Peer peer = listener.accept();
        QCOMPARE(peer.readToEnd(), QByteArray("just this"));
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(finished.constFirst().constFirst().value<Exchange>().ok());
    }

    void connectOnly_data()
    {
        addAbilityRow(
            can().halfClose && can().sendsReset, "half-closes and resets", "neither half-close nor reset: closes");
    }
    void connectOnly()
    {
        QFETCH(const bool, able);
        const PlainListener listener;
        const Watched watched;
        Client client(m_threads, watched.capture);
        client.connectOnly(optionsFor(listener.address(), true));
        QTRY_COMPARE(client.state(), Client::State::Connected);
        QCOMPARE(client.peer(), listener.address());
        Peer peer = listener.accept();
        // What comes unasked is recorded.
        peer.send("welcome");
        QTRY_COMPARE(watched.witness->stream(1, Direction::In), QByteArray("welcome"));
        client.halfClose();
        if (able) {
            QCOMPARE(peer.readToEnd(), QByteArray());
            QCOMPARE(peer.end(), Peer::End::EndOfStream);
            QTRY_COMPARE(client.state(), Client::State::HalfClosed);
        } else {
            QTRY_COMPARE(watched.witness->of(EventKind::Note, 1).size(), 1);
            QCOMPARE(client.state(), Client::State::Connected);
        }
        client.reset();
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind,
            able ? CloseKind::ResetByUs : CloseKind::Orderly);
    }

    void idleConnectionIsLost_data()
    {
        addAbilityRow(can().tellsReset, "and its reset is told", "its reset looks like an end, and is no failure");
    }
    void idleConnectionIsLost()
    {
        QFETCH(const bool, able);
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy failed(&client, &Client::failed);
        client.connectOnly(optionsFor(listener.address(), true));
        QTRY_COMPARE(client.state(), Client::State::Connected);
        Peer peer = listener.accept();
        peer.reset();
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
        QCOMPARE(failed.size(), able ? 1 : 0);
        if (able) {
            QCOMPARE(failed.constFirst().constFirst().value<Failure>().code, FailureCode::Reset);
        }
    }

    void cancelEndsEverything()
    {
        const PlainListener listener;
        Client client(m_threads, nullptr);
        QSignalSpy finished(&client, &Client::exchangeFinished);
        for (int i = 0; i < 3; ++i) {
            client.send(optionsFor(listener.address(), true), planOf("never answered"));
        }
        Peer peer = listener.accept();
        QCOMPARE(peer.read(14), QByteArray("never answered"));
        client.cancel();
        QTRY_COMPARE(finished.size(), 3);
        for (const auto& each : finished) {
            QVERIFY(!each.constFirst().value<Exchange>().ok());
        }
        QTRY_COMPARE(client.state(), Client::State::Disconnected);
    }

    void goneWhileBusy()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        for (int i = 0; i < 20; ++i) {
            const PlainListener silent;
            const Watched watched;
            Client client(m_threads, watched.capture);
            QSignalSpy changed(&client, &Client::stateChanged);
            QSignalSpy finished(&client, &Client::exchangeFinished);
            client.send(optionsFor(server.address(), true), planOf(vectors().constFirst().request));
            client.send(optionsFor(silent.address(), true), planOf("x"));
            switch (i % 4) {
            case 0: // before anything has happened
                break;
            case 1:
                QVERIFY(changed.wait());
                break;
            case 2: // between the two
                QVERIFY(finished.wait());
                break;
            default: // while the second one waits for its reply
                QCOMPARE(silent.accept().read(1), QByteArray("x"));
                break;
            }
        }
    }

    void bigReply()
    {
        Server server(m_threads, nullptr);
        ServerOptions serverOptions = testOptions(false);
        const QString answer(5'000'000, u'a');
        serverOptions.serviceOptions.catalog =
            std::make_shared<Catalog>(QList<Catalog::Entry> { { QStringLiteral("q"), answer } });
        QVERIFY(startAndWait(server, serverOptions));
        Client client(m_threads, nullptr);
        const Exchange done =
            exchange(client, optionsFor(server.address()), planOf(encodeRequest(u"search", u"q", ByteOrder::Little)));
        QVERIFY(done.ok());
        QCOMPARE(done.reply.size(), done.replyFrame.size);
        QVERIFY(done.reply.endsWith("a\"}"));
    }
};

} // namespace

SOCKEYE_TEST(TestClient)
#include "tst_client.moc"
