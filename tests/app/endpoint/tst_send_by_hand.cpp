// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/channel.h"
#include "app/net/engines/engines.h"
#include "app/platform/file_limit.h"
#include "app/words/english_plurals.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/testcase.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Answers every line with the same long one.
class LongAnswers final : public Service {
public:
    explicit LongAnswers(QByteArray answer)
        : m_answer(std::move(answer))
    {
    }
    [[nodiscard]] const ProtocolPtr& protocol() const override { return linesProtocol(); }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override { return std::make_unique<Saying>(m_answer); }

private:
    class Saying final : public Session {
    public:
        explicit Saying(const QByteArray& answer)
            : m_answer(answer)
        {
        }
        [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
        {
            Q_UNUSED(frame)
            Q_UNUSED(bytes)
            out += m_answer;
            return After::Keep;
        }

    private:
        QByteArray m_answer;
    };
    QByteArray m_answer;
};

/// What a server sends of itself, to one of its peers or to all.
class TestSendByHand : public TestCase {
    Q_OBJECT

    EnglishPlurals m_plurals;
    IoThreads m_threads { 2 };

    struct Setting {
        Setting(IoThreads& threads, const ServerOptions& options)
            : server(threads, watched.capture)
        {
            QVERIFY(startAndWait(server, options));
        }
        /// A peer that the server knows by the number of those there are.
        [[nodiscard]] Peer newPeer()
        {
            Peer peer(server.address());
            ++peers;
            [&] { QTRY_COMPARE(watched.witness->of(EventKind::Opened, peers).size(), 1); }();
            return peer;
        }
        SentReport send(const QByteArray& bytes, const std::optional<std::vector<quint32>>& to = std::nullopt)
        {
            QSignalSpy sent(&server, &Server::sent);
            const quint64 number = server.send(bytes, to);
            [&] {
                QVERIFY(number > 0);
                QVERIFY(!sent.isEmpty() || sent.wait(10'000));
                QCOMPARE(sent.constFirst().constFirst().value<quint64>(), number);
            }();
            return sent.isEmpty() ? SentReport() : sent.constFirst().at(1).value<SentReport>();
        }

        Watched watched { rawProtocol() };
        Server server;
        quint32 peers = 0;
    };

    static ServerOptions serving(const QString& service)
    {
        ServerOptions options = testOptions(true);
        options.service = service;
        return options;
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }

    void oneAmongAThousand()
    {
        constexpr std::size_t others = 1000;
        raiseFileLimit();
        if (!canOpenFiles(2 * static_cast<int>(others) + 100)) {
            QSKIP("This system does not allow as many sockets.");
        }
        Setting setting(m_threads, serving(QStringLiteral("echo")));
        Peer chosen = setting.newPeer();
        std::vector<Peer> peers;
        for (std::size_t i = 0; i < others; ++i) {
            peers.emplace_back(setting.server.address());
        }
        const auto ask = [&](const QByteArray& text) {
            for (std::size_t i = 0; i < others; ++i) {
                peers[i].send(QByteArray(text + QByteArray::number(static_cast<int>(1000 + i))));
            }
        };
        const auto areAnswered = [&](const QByteArray& text) {
            for (std::size_t i = 0; i < others; ++i) {
                const QByteArray expected = text + QByteArray::number(static_cast<int>(1000 + i));
                QCOMPARE(peers[i].read(expected.size()), expected);
            }
        };
        ask("first ");
        const SentReport one = setting.send("for you alone", std::vector<quint32> { 1 });
        ask("second ");
        QCOMPARE(one.sent(), 1);
        QCOMPARE(one.notSent(), 0);
        QCOMPARE(chosen.read(13), QByteArray("for you alone"));
        for (std::size_t i = 0; i < others; ++i) {
            const QByteArray number = QByteArray::number(static_cast<int>(1000 + i));
            QCOMPARE(peers[i].read(21), QByteArray("first " + number + "second " + number));
        }
        QCOMPARE(setting.send("to all ").sent(), static_cast<int>(others) + 1);
        ask("third ");
        areAnswered("to all third ");
        QCOMPARE(chosen.read(7), QByteArray("to all "));
        // Recorded as every write is; no answer counts.
        setting.watched.capture->waitUntilIdle();
        QCOMPARE(setting.watched.witness->stream(1, Direction::Out), QByteArray("for you aloneto all "));
        QVERIFY(setting.watched.witness->errors().isEmpty());
    }

    void anyService_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QByteArray>("answered");
        QTest::newRow("app") << QByteArray() << QByteArray();
        QTest::newRow("echo") << QByteArray("x") << QByteArray("x");
        QTest::newRow("uppercase") << QByteArray("x") << QByteArray("X");
        QTest::newRow("chat") << QByteArray("x\n") << QByteArray();
        QTest::newRow("sink") << QByteArray("x") << QByteArray();
        QTest::newRow("stall") << QByteArray("x") << QByteArray();
    }

    void anyService()
    {
        QFETCH(const QByteArray, said);
        QFETCH(const QByteArray, answered);
        const QString service = QString::fromLatin1(QTest::currentDataTag());
        Setting setting(m_threads, serving(service));
        Peer peer = setting.newPeer();
        peer.send(said);
        QCOMPARE(peer.read(answered.size()), answered);
        const QByteArray bytes("\x00\xff by hand", 10);
        QCOMPARE(setting.send(bytes).sent(), 1);
        QCOMPARE(peer.read(bytes.size()), bytes);
        peer.send(said);
        QCOMPARE(peer.read(answered.size()), answered);
    }

    void waitsBehindAnAnswer()
    {
        // More than the system holds for a peer that does not read, and less than a peer may be owed.
        ServerOptions options = serving(QStringLiteral("echo"));
        options.socket.sendBuffer = 4096;
        QByteArray answer;
        for (int i = 0; i < 25'000; ++i) {
            answer += QByteArray::number(100'000 + i);
        }
        options.ownService = std::make_shared<LongAnswers>(answer + '\n');
        Setting setting(m_threads, options);
        Peer peer = setting.newPeer();
        peer.setReceiveBuffer(4096);
        peer.send("ask\n");
        QTRY_VERIFY(!setting.watched.witness->stream(1, Direction::Out).isEmpty());
        QByteArray expected = answer + '\n';
        // Until there is no more room; what was said to be sent is, and nothing else.
        const QByteArray more(100'000, '#');
        SentReport report;
        int sent = 0;
        while (sent < 1000 && report.notSent() == 0) {
            report = setting.send(more);
            sent += report.sent();
            expected += more.repeated(report.sent());
        }
        QVERIFY(sent < 1000);
        QCOMPARE(report.left(NotSent::NotTaken).first, std::vector<quint32> { 1 });
        QVERIFY2(report.text().startsWith(QStringLiteral("Not sent to 1 connection (#1): the peer does not read ")),
            qPrintable(report.text()));
        QCOMPARE(peer.read(expected.size()), expected);
        QCOMPARE(setting.send("after").sent(), 1);
        QCOMPARE(peer.read(5), QByteArray("after"));
    }

    void saysWhyNot()
    {
        Setting setting(m_threads, serving(QStringLiteral("echo")));
        Peer open = setting.newPeer();
        Peer closed = setting.newPeer();
        closed.close();
        QTRY_VERIFY(setting.watched.witness->hasClosed(2));
        Peer last = setting.newPeer();
        if (!defaultEngine().capabilities().halfClose) {
            QSKIP("this engine ends both directions at once: no connection is ending");
        }
        setting.server.closeConnection(3); // waits for the peer's end of stream
        QCOMPARE(last.readToEnd(), QByteArray());
        const SentReport report = setting.send("x", std::vector<quint32> { 77, 1, 2, 3, 1 });
        QCOMPARE(report.sent(), 1);
        QCOMPARE(report.left(NotSent::NotThere).count, 2);
        QCOMPARE(report.left(NotSent::Ending).first, std::vector<quint32> { 3 });
        QCOMPARE(report.text(),
            QStringLiteral("Sent 1 byte to 1 connection. Not sent to 1 connection (#3): our end of stream was sent "
                           "there already, or follows at once. Not sent to 2 connections that are closed."));
        const SentReport tooLong = setting.send(QByteArray(HandSending::most + 1, 'x'), std::vector<quint32> { 1 });
        QCOMPARE(tooLong.left(NotSent::TooLong).count, 1);
        QCOMPARE(open.read(1), QByteArray("x"));
    }

    void notInTheMiddleOfAHandshake()
    {
        ServerOptions options = serving(QStringLiteral("echo"));
        options.tls.certificate = TlsServerOptions::Certificate::SelfSigned;
        Setting setting(m_threads, options);
        Peer peer = setting.newPeer();
        QCOMPARE(setting.send("x").left(NotSent::Securing).count, 1);
    }

    void notWhileItIsStopped()
    {
        Setting setting(m_threads, serving(QStringLiteral("echo")));
        QVERIFY(setting.server.send("x") > 0);
        QCOMPARE(setting.server.send("x"), 0); // one at a time
        setting.server.stop();
        QCOMPARE(setting.server.send("x"), 0);
        QCOMPARE(SentReport(1).text(), QStringLiteral("Nothing was sent: nobody is connected."));
    }

    void overUdp()
    {
        ServerOptions options = serving(QStringLiteral("echo-udp"));
        Setting setting(m_threads, options);
        std::array<QUdpSocket, 2> peers;
        for (QUdpSocket& peer : peers) {
            peer.connectToHost(setting.server.address().host, setting.server.address().port);
            QVERIFY(peer.waitForConnected());
            peer.write("hello");
            QTRY_VERIFY(peer.hasPendingDatagrams());
            QCOMPARE(peer.readAll(), QByteArray("hello"));
        }
        QCOMPARE(setting.send("for all").sent(), 2);
        QCOMPARE(setting.send(QByteArray(), std::vector<quint32> { 2 }).sent(), 1); // a datagram may be empty
        const SentReport tooLong = setting.send(QByteArray(65'508, 'x'));
        QCOMPARE(tooLong.left(NotSent::TooLong).count, 2);
        for (QUdpSocket& peer : peers) {
            QTRY_VERIFY(peer.hasPendingDatagrams());
            QCOMPARE(peer.receiveDatagram().data(), QByteArray("for all"));
        }
        QTRY_VERIFY(peers[1].hasPendingDatagrams());
        QCOMPARE(peers[1].pendingDatagramSize(), 0);
        QVERIFY(!peers[0].hasPendingDatagrams());
        QTRY_COMPARE(setting.watched.witness->stream(2, Direction::Out), QByteArray("hellofor all"));
    }

    void reportsAddUp()
    {
        SentReport report(10);
        SentReport other(10);
        for (quint32 id = 1; id <= 10; ++id) {
            (id % 2 == 0 ? report : other).take(id, NotSent::NoRoom);
        }
        other.take(11, std::nullopt);
        report.add(other);
        QCOMPARE(report.sent(), 1);
        QCOMPARE(report.left(NotSent::NoRoom).count, 10);
        QCOMPARE(report.left(NotSent::NoRoom).first, (std::vector<quint32> { 1, 2, 3, 4, 5 }));
        QVERIFY(report.text().contains(QStringLiteral("10 connections (#1, #2, #3, #4, #5, …)")));
    }
};

} // namespace

SOCKEYE_TEST(TestSendByHand)
#include "tst_send_by_hand.moc"
