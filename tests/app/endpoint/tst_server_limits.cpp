// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <array>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Peers that are silent, do not read, or are too many; and a system that has run out of descriptors.
class TestServerLimits : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

private Q_SLOTS:
    void silentPeersAreClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("where");
        const QByteArray request = vectors().constFirst().request;
        QTest::newRow("nothing at all") << QByteArray() << QStringLiteral("between messages");
        QTest::newRow("in the fixed header") << request.first(1) << QStringLiteral("1 byte into a 2-byte fixed header");
        QTest::newRow("in the JSON header")
            << request.first(12) << QStringLiteral("10 bytes into a 103-byte JSON header");
        QTest::newRow("in the content") << request.first(2 + 103 + 17)
                                        << QStringLiteral("17 bytes into a 41-byte content");
        QTest::newRow("after an exchange") << request << QStringLiteral("between messages");
    }

    void silentPeersAreClosed()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, where);
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        options.idleTimeout = 150ms;
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        peer.send(bytes);
        (void)peer.readToEnd();
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
        QTRY_VERIFY(watched.witness->hasClosed(1));
        const Seen error = watched.witness->errors().constFirst();
        QCOMPARE(error.code, QStringLiteral("idle"));
        QVERIFY2(error.text.contains(QStringLiteral("0.15 s")), qPrintable(error.text));
        QVERIFY2(error.text.contains(where), qPrintable(error.text));
    }

    void activePeersAreNotClosed()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        options.idleTimeout = 400ms;
        QVERIFY(startAndWait(server, options));
        const ExchangeVector& vector = vectors().constFirst();
        Peer silent(server.address());
        Peer active(server.address());
        while (!watched.witness->hasClosed(1) && active.end() == Peer::End::Open) {
            active.send(vector.request);
            QCOMPARE(active.read(vector.reply.size()), vector.reply);
        }
        active.send(vector.request);
        QCOMPARE(active.read(vector.reply.size()), vector.reply);
    }

    void peerThatDoesNotReadIsNotReadFrom()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        // Short requests, long answers: what must not pile up.
        const QString answer(50'000, u'a');
        options.serviceOptions.catalog =
            std::make_shared<Catalog>(QList<Catalog::Entry> { { QStringLiteral("q"), answer } });
        QVERIFY(startAndWait(server, options));

        Peer peer(server.address());
        peer.setReceiveBuffer(64 * 1024);
        constexpr int count = 4000;
        const QByteArray requests = encodeRequest(u"search", u"q", ByteOrder::Little).repeated(count);
        const std::unique_ptr<QThread> sender(QThread::create([&] { peer.send(requests); }));
        sender->start();
        // Until the server has not got on while other peers, in both of its threads, were answered many times.
        std::array<Peer, 2> others { Peer(server.address()), Peer(server.address()) };
        const QByteArray other = encodeRequest(u"search", u"other", ByteOrder::Little);
        qint64 answered = -1;
        qint64 answeredOthers = 0;
        for (int still = 0; still < 50; ++still) {
            for (Peer& each : others) {
                each.send(other);
                QVERIFY(!each.readMessage().isEmpty());
                ++answeredOthers;
            }
            const qint64 now = server.exchanges() - answeredOthers;
            still = now == answered && now > 0 ? still : 0;
            answered = now;
        }
        // It has read a few pieces, and answered what the buffers between us take: not all that it could.
        QVERIFY(answered > 0 && answered < 500);
        watched.capture->waitUntilIdle();
        QVERIFY(watched.witness->stream(1, Direction::In).size() < requests.size());

        // Once the peer reads, everything comes, in order.
        QByteArray reply;
        appendMessage(
            reply, "text/json", "utf-8", ByteOrder::Little, QByteArray("{\"result\": \"" + answer.toUtf8() + "\"}"));
        for (int i = 0; i < count; ++i) {
            if (peer.read(reply.size()) != reply) {
                QFAIL(qPrintable(QStringLiteral("reply %1 differs").arg(i)));
            }
        }
        sender->wait();
        QCOMPARE(server.exchanges(), count + answeredOthers);
    }

    void othersGoOnWhileOneDoesNotRead()
    {
        Server server(m_threads, nullptr);
        QVERIFY(startAndWait(server, testOptions(true)));
        const ExchangeVector& vector = vectors().constFirst();
        const QByteArray many = vector.request.repeated(1000);
        std::vector<Peer> stuck;
        for (int i = 0; i < 4; ++i) {
            stuck.emplace_back(server.address());
            while (stuck.back().sendWhatFits(many) > 0) { }
        }
        Peer peer(server.address());
        for (int i = 0; i < 100; ++i) {
            peer.send(vector.request);
            QCOMPARE(peer.read(vector.reply.size()), vector.reply);
        }
    }

    void stallNeverReads_data()
    {
        addAbilityRow(
            can().noticesGone, "and notices that its peer has gone", "and does not notice that its peer has gone");
    }
    void stallNeverReads()
    {
        QFETCH(const bool, able);
        const Watched watched(rawProtocol());
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        options.service = QStringLiteral("stall");
        options.idleTimeout = 50ms; // not for those that are not read from by choice
        QVERIFY(startAndWait(server, options));
        Peer peer(server.address());
        const QByteArray much(1024 * 1024, 'x');
        // The buffers of both sides fill up (the system lets them grow for a while), and that is that.
        const qint64 sent = peer.sendUntilStuck(much, 100);
        QVERIFY(sent > 0);
        QVERIFY(sent < 100 * much.size());
        watched.capture->waitUntilIdle();
        QVERIFY(watched.witness->stream(1, Direction::In).isEmpty());
        QVERIFY(!watched.witness->hasClosed(1));
        // That its peer has gone is noticed all the same.
        peer.reset();
        if (able) {
            QTRY_VERIFY(watched.witness->hasClosed(1));
        }
    }

    void connectionsOverTheLimitAreToldSo()
    {
        const Watched watched;
        Server server(m_threads, watched.capture);
        ServerOptions options = testOptions(true);
        options.maxConnections = 2;
        QVERIFY(startAndWait(server, options));
        const ExchangeVector& vector = vectors().constFirst();
        std::vector<Peer> peers;
        for (int i = 0; i < 2; ++i) {
            peers.emplace_back(server.address());
            peers.back().send(vector.request);
            QCOMPARE(peers.back().read(vector.reply.size()), vector.reply);
        }
        Peer tooMany(server.address());
        const QByteArray lastWords = tooMany.readToEnd();
        QVERIFY2(lastWords.endsWith("{\"result\": \"Error: too many connections.\"}"), lastWords.constData());
        QCOMPARE(tooMany.end(), Peer::End::EndOfStream);
        tooMany.close();
        QTRY_VERIFY(watched.witness->hasClosed(3));
        QCOMPARE(watched.witness->of(EventKind::Error, 3).constFirst().code, QStringLiteral("too-many-connections"));

        peers.pop_back();
        QTRY_VERIFY(watched.witness->hasClosed(2));
        Peer next(server.address());
        next.send(vector.request);
        QCOMPARE(next.read(vector.reply.size()), vector.reply);
    }

    void servedWhereTheRecordingHasNoRoom()
    {
        CaptureOptions recording;
        recording.maxConnections = 1;
        const auto capture = Capture::create(recording);
        Server server(m_threads, capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        const ExchangeVector& vector = vectors().constFirst();
        for (int i = 0; i < 3; ++i) {
            Peer peer(server.address());
            peer.send(vector.request);
            QCOMPARE(peer.read(vector.reply.size()), vector.reply);
        }
        QTRY_COMPARE(capture->leftOut().connections, 2);
        quint64 revision = 0;
        QCOMPARE(capture->connectionsSince(revision).size(), 1);
        QCOMPARE(capture->byteCount(), vector.request.size() + vector.reply.size());
    }

    void runningOutOfDescriptors_data()
    {
        addAbilityRow(can().tellsShortage, "is told, and its end, too", "is not told, but got over");
    }
    void runningOutOfDescriptors()
    {
        QFETCH(const bool, able);
        const Watched watched;
        Server server(m_threads, watched.capture);
        QVERIFY(startAndWait(server, testOptions(true)));
        QSignalSpy trouble(&server, &Server::acceptTrouble);
        const ExchangeVector& vector = vectors().constFirst();

        // Sockets for the peers first; then the limit goes down to where three more descriptors fit.
        std::array<int, 8> sockets {};
        for (int& socket : sockets) {
            socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            QVERIFY(socket >= 0);
        }
        rlimit before {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const int firstFree = ::fcntl(0, F_DUPFD_CLOEXEC, 0);
        ::close(firstFree);
        rlimit low = before;
        low.rlim_cur = static_cast<rlim_t>(firstFree) + 3;
        const auto restore = qScopeGuard([&] { ::setrlimit(RLIMIT_NOFILE, &before); });
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);

        std::vector<Peer> peers;
        for (const int socket : sockets) {
            sockaddr_in to {};
            to.sin_family = AF_INET;
            to.sin_port = htons(server.address().port);
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            QCOMPARE(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
            peers.emplace_back(socket);
            peers.back().send(vector.request);
        }
        if (able) {
            QTRY_COMPARE(trouble.size(), 1);
            QCOMPARE(trouble.constFirst().constFirst().value<Failure>().code, FailureCode::TooManyFiles);
            QCOMPARE(server.failure().code, FailureCode::TooManyFiles);
        }
        // Those that got in are served; the others wait, and get in as soon as one has left.
        QCOMPARE(peers[0].read(vector.reply.size()), vector.reply);
        QCOMPARE(peers[1].read(vector.reply.size()), vector.reply);
        peers[0].close();
        peers[1].close();
        QCOMPARE(peers[3].read(vector.reply.size()), vector.reply);
        // With descriptors again, everybody does, and the server says so.
        ::setrlimit(RLIMIT_NOFILE, &before);
        for (std::size_t i = 4; i < peers.size(); ++i) {
            QCOMPARE(peers[i].read(vector.reply.size()), vector.reply);
        }
        if (!able) {
            QCOMPARE(trouble.size(), 0);
            return;
        }
        QTRY_COMPARE(trouble.size(), 2);
        QVERIFY(!trouble.constLast().constFirst().value<Failure>());
        QTRY_VERIFY(!watched.witness->of(EventKind::Note, 0).isEmpty());
        QCOMPARE(watched.witness->of(EventKind::Error, 0).size(), 1);
    }
};

} // namespace

SOCKEYE_TEST(TestServerLimits)
#include "tst_server_limits.moc"
