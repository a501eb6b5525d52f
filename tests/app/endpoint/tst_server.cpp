// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/message.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

namespace {

/// What goes over the wire between a server and peers that are plain sockets.
class TestServer : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void golden_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("reply");
        for (qsizetype i = 0; i < vectors().size(); ++i) {
            const Vector& vector = vectors()[i];
            QTest::addRow("%d %s", static_cast<int>(i), vector.name.constData()) << vector.request << vector.reply;
        }
    }

    void golden()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, reply);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(false)));

        Peer peer(server.address());
        peer.send(request);
        // One exchange: the server closes after its reply.
        QCOMPARE(peer.readToEnd(), reply);
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        peer.close();
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->stream(1, Direction::In), request);
        QCOMPARE(watched.witness->stream(1, Direction::Out), reply);
        QCOMPARE(watched.witness->of(EventKind::Opened, 1).constFirst().facts.local, server.address());
        QVERIFY(watched.witness->errors().isEmpty());
        QCOMPARE(server.exchanges(), 1);
    }

    void goldenByteByByte()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        Peer peer(server.address());
        for (const Vector& vector : vectors()) {
            for (const char& byte : vector.request) {
                peer.send({ &byte, 1 });
            }
            QCOMPARE(peer.read(vector.reply.size()), vector.reply);
        }
    }

    void goldenPersistentGluedTogether()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        Peer peer(server.address());
        QByteArray requests;
        QByteArray replies;
        for (const Vector& vector : vectors()) {
            requests += vector.request;
            replies += vector.reply;
        }
        peer.send(requests);
        QCOMPARE(peer.read(replies.size()), replies);
        peer.finish();
        QCOMPARE(peer.readToEnd(), QByteArray());
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind, CloseKind::Orderly);
    }

    void thousandPipelinedInOrder()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        Peer peer(server.address());
        QByteArray requests;
        QByteArray replies;
        for (int i = 0; i < 1000; ++i) {
            requests += encodeRequest(u"search", QString::number(i), ByteOrder::Little);
            const QByteArray content = "{\"result\": \"No match for \\\"" + QByteArray::number(i) + "\\\".\"}";
            appendMessage(replies, "text/json", "utf-8", ByteOrder::Little, content);
        }
        peer.send(requests);
        QCOMPARE(peer.read(replies.size()), replies);
        QCOMPARE(server.exchanges(), 1000);
    }

    void oneExchangeIgnoresTheRestWithoutReset_data()
    {
        addAbilityRow(can().halfClose, "and shows it", "no half-close: the rest is answered with a reset");
    }
    void oneExchangeIgnoresTheRestWithoutReset()
    {
        QFETCH(const bool, able);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(false)));
        const Vector& vector = vectors().constFirst();
        Peer peer(server.address());
        peer.send(QByteArray(vector.request + vector.request + QByteArray(500'000, 'x')));
        QCOMPARE(peer.readToEnd(), vector.reply);
        if (!able) {
            QTRY_VERIFY(watched.witness->hasClosed(1));
            return;
        }
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        peer.close();
        // Every byte received stays visible.
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->stream(1, Direction::In).size(), 2 * vector.request.size() + 500'000);
    }

    void halfClosedPeerGetsItsReply()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Vector& vector = vectors().constFirst();
        Peer peer(server.address());
        peer.send(vector.request);
        peer.finish();
        QCOMPARE(peer.readToEnd(), vector.reply);
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QVERIFY(watched.witness->errors().isEmpty());
    }

    void halfClosedPeerGetsAllThatIsOwed()
    {
        // Far more than fits into the buffers between us, and the end of stream is there before half is written.
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Vector& vector = vectors().constFirst();
        Peer peer(server.address());
        constexpr int count = 60'000;
        const QByteArray requests = vector.request.repeated(count);
        const std::unique_ptr<QThread> sender(QThread::create([&] {
            peer.send(requests);
            peer.finish();
        }));
        sender->start();
        const QByteArray replies = peer.readToEnd();
        sender->wait();
        QCOMPARE(replies.size(), vector.reply.size() * count);
        QCOMPARE(replies, vector.reply.repeated(count));
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("thenFinish");
        QTest::addColumn<QString>("code");
        QTest::addColumn<qint64>("offset");
        const auto message = [](const QByteArray& header, const QByteArray& content) {
            QByteArray bytes;
            bytes.append(static_cast<char>(header.size() / 256)).append(static_cast<char>(header.size() % 256));
            return QByteArray(bytes + header + content);
        };
        QTest::newRow("header length 0") << QByteArray(2, '\0') << false << QStringLiteral("empty-header") << 0LL;
        QTest::newRow("header is no JSON")
            << message("not JSON at all", {}) << false << QStringLiteral("header-not-json") << 2LL;
        QTest::newRow("missing key") << message(
            R"({"byteorder": "little", "content-encoding": "utf-8", "content-length": 0})", {})
                                     << false << QStringLiteral("missing-header") << 2LL;
        QTest::newRow("content is no JSON") << message(
            R"({"byteorder": "little", "content-type": "text/json", "content-encoding": "utf-8", "content-length": 4})",
            "oops") << false << QStringLiteral("content-not-json")
                                            << -1LL;
        QTest::newRow(can().halfClose ? "cut in the content" : "cut in the content, and nothing can be answered then")
            << vectors().constFirst().request.chopped(24) << true << QStringLiteral("truncated") << -1LL;
    }

    void bad()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, thenFinish);
        QFETCH(const QString, code);
        QFETCH(const qint64, offset);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Vector& vector = vectors().constFirst();

        Peer good(server.address());
        good.send(vector.request);
        QCOMPARE(good.read(vector.reply.size()), vector.reply);
        Peer peer(server.address());
        peer.send(bytes);
        if (thenFinish) {
            peer.finish();
        }
        // It is told why, and closed.
        const QByteArray lastWords = peer.readToEnd();
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        const bool isAnswered = !thenFinish || can().halfClose;
        QCOMPARE(lastWords.contains("{\"result\": \"Error: "), isAnswered);
        peer.close();
        QTRY_VERIFY(watched.witness->hasClosed(2));
        const QList<Seen> errors = watched.witness->of(EventKind::Error, 2);
        QCOMPARE(errors.size(), isAnswered ? 1 : 2);
        if (!isAnswered) {
            QCOMPARE(errors.constLast().code, QStringLiteral("half-close-unknown"));
        }
        QCOMPARE(errors.constFirst().code, code);
        if (offset >= 0) {
            QCOMPARE(errors.constFirst().offset, offset);
        }
        QVERIFY(!errors.constFirst().text.isEmpty());
        QCOMPARE(watched.witness->stream(2, Direction::In), bytes);
        // Nobody else notices.
        good.send(vector.request);
        QCOMPARE(good.read(vector.reply.size()), vector.reply);
    }

    void repliesBeforeABadMessageAreSent()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Vector& vector = vectors().constFirst();
        Peer peer(server.address());
        peer.send(QByteArray(vector.request + QByteArray(2, '\0')));
        const QByteArray replies = peer.readToEnd();
        QVERIFY(replies.startsWith(vector.reply));
        QVERIFY(replies.mid(vector.reply.size()).contains("Error: "));
    }

    void resetByThePeer_data()
    {
        addAbilityRow(can().tellsReset, "told as a reset", "looks like an end in the middle of a message");
    }
    void resetByThePeer()
    {
        QFETCH(const bool, able);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        Peer peer(server.address());
        peer.send(vectors().constFirst().request.first(20));
        QTRY_COMPARE(watched.witness->stream(1, Direction::In).size(), 20);
        peer.reset();
        QTRY_VERIFY(watched.witness->hasClosed(1));
        QCOMPARE(watched.witness->of(EventKind::Closed, 1).constFirst().closeKind,
            able ? CloseKind::ResetByPeer : CloseKind::Failed);
        QCOMPARE(
            watched.witness->errors().constFirst().code, able ? QStringLiteral("reset") : QStringLiteral("truncated"));
    }

    void plainServices_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<bool>("persistent");
        QTest::addColumn<QList<QByteArray>>("pieces");
        QTest::addColumn<QByteArray>("all");
        QTest::newRow("echo") << QStringLiteral("echo") << true << QList<QByteArray> { "hello ", "world" }
                              << QByteArray("hello world");
        QTest::newRow("uppercase, one exchange")
            << QStringLiteral("uppercase") << false << QList<QByteArray> { "straße" } << QByteArray("STRASSE");
        QTest::newRow("uppercase, a character cut in two")
            << QStringLiteral("uppercase") << true << QList<QByteArray> { "caf\xc3", "\xa9 au lait" }
            << QByteArray("CAFÉ AU LAIT");
        QTest::newRow("sink") << QStringLiteral("sink") << true << QList<QByteArray> { "x", "y" } << QByteArray();
    }

    void plainServices()
    {
        QFETCH(const QString, service);
        QFETCH(const bool, persistent);
        QFETCH(const QList<QByteArray>, pieces);
        QFETCH(const QByteArray, all);
        const Watched watched(FramingKind::Raw);
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(persistent);
        options.service = service;
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        qsizetype sent = 0;
        for (const QByteArray& piece : pieces) {
            peer.send(piece);
            sent += piece.size();
            QTRY_COMPARE(watched.witness->stream(1, Direction::In).size(), sent);
        }
        peer.finish();
        QCOMPARE(peer.readToEnd(), all);
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
    }

    void commandsOfTheUser_data()
    {
        addAbilityRow(can().halfClose && can().sendsReset, "all of them", "neither reset nor half-close: notes say so");
    }
    void commandsOfTheUser()
    {
        QFETCH(const bool, able);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        const Vector& vector = vectors().constFirst();
        std::vector<Peer> peers;
        for (int i = 0; i < 4; ++i) {
            peers.emplace_back(server.address());
            peers.back().send(vector.request);
            QCOMPARE(peers.back().read(vector.reply.size()), vector.reply);
        }
        server.closeConnection(1);
        QCOMPARE(peers[0].readToEnd(), QByteArray());
        QCOMPARE(peers[0].end(), Peer::End::EndOfStream);

        server.resetConnection(2);
        QCOMPARE(peers[1].readToEnd(), QByteArray());
        QCOMPARE(peers[1].end(), able ? Peer::End::Reset : Peer::End::EndOfStream);
        QTRY_VERIFY(watched.witness->hasClosed(2));
        QCOMPARE(watched.witness->of(EventKind::Closed, 2).constFirst().closeKind,
            able ? CloseKind::ResetByUs : CloseKind::Orderly);

        server.halfCloseConnection(3);
        if (able) {
            QCOMPARE(peers[2].readToEnd(), QByteArray());
        } else {
            QTRY_COMPARE(watched.witness->of(EventKind::Note, 2).size(), 1);
            QTRY_COMPARE(watched.witness->of(EventKind::Note, 3).size(), 1);
        }
        peers[2].send("more");
        QTRY_VERIFY(watched.witness->stream(3, Direction::In).endsWith("more"));

        server.setStalled(4, true);
        server.setStalled(99, true);
        // Orders are queued: another one that is seen to be done comes after it.
        server.closeConnection(3);
        QTRY_VERIFY(watched.witness->stream(3, Direction::In).endsWith("more"));
        peers[2].close();
        QTRY_VERIFY(watched.witness->hasClosed(3));
        peers[3].send(vector.request);
        server.setStalled(4, false);
        QCOMPARE(peers[3].read(vector.reply.size()), vector.reply);
    }

    void idsGoOnInOrder()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        for (int round = 0; round < 2; ++round) {
            QVERIFY(startAndWait(server, testOptions(false)));
            for (int i = 0; i < 3; ++i) {
                Peer peer(server.address());
                peer.send(vectors().constFirst().request);
                (void)peer.readToEnd();
            }
            server.stop();
            QTRY_COMPARE(server.state(), Server::State::Stopped);
        }
        watched.capture->waitUntilIdle();
        QList<quint32> ids;
        for (const Seen& seen : watched.witness->all()) {
            if (seen.kind == EventKind::Opened) {
                ids.append(seen.connection);
            }
        }
        std::ranges::sort(ids);
        QCOMPARE(ids, (QList<quint32> { 1, 2, 3, 4, 5, 6 }));
    }

    void bigContentComesWhole()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        QByteArray request;
        appendMessage(request, "binary/custom-client-binary-type", "binary", ByteOrder::Little,
            QByteArray(20 * 1024 * 1024, 'b'));
        Peer peer(server.address());
        peer.send(request);
        QByteArray reply;
        appendMessage(reply, "binary/custom-server-binary-type", "binary", ByteOrder::Little,
            "First 10 bytes of request: bbbbbbbbbb");
        QCOMPARE(peer.read(reply.size()), reply);
        peer.send(vectors().constFirst().request);
        QCOMPARE(peer.read(vectors().constFirst().reply.size()), vectors().constFirst().reply);
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
