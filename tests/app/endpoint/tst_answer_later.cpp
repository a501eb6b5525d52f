// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/channel/channel.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/engine_rows.h"
#include "tests/testcase.h"

#include <QTest>
#include <QTimer>
#include <QUdpSocket>

#include <deque>
#include <mutex>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Answers that a test holds until it says so.
class Held {
public:
    void add(std::shared_ptr<PendingAnswer> answer)
    {
        const std::lock_guard lock(m_mutex);
        m_answers.push_back(std::move(answer));
        ++m_asked;
    }
    /// Those that were asked for so far, fulfilled and cancelled ones, too.
    [[nodiscard]] int asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    [[nodiscard]] std::shared_ptr<PendingAnswer> take()
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<PendingAnswer> first = m_answers.front();
        m_answers.pop_front();
        return first;
    }
    /// Fulfils the first one in the thread of its connection, as a service has to.
    void fulfil(QThread* thread, const QByteArray& reply, After after = After::Keep)
    {
        QObject context;
        context.moveToThread(thread);
        QMetaObject::invokeMethod(
            &context, [&] { take()->fulfil(reply, after); }, Qt::BlockingQueuedConnection);
    }

private:
    mutable std::mutex m_mutex;
    std::deque<std::shared_ptr<PendingAnswer>> m_answers;
    int m_asked = 0;
};

/// Answers "N text" with the text after N milliseconds, "now text" at once, "at once text" with an answer that was to
/// come later and is there already, and "hold" when the test wants it.
class LaterSession final : public Session {
public:
    explicit LaterSession(Held* held)
        : m_held(held)
    {
    }

    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(frame)
        const QByteArray line = bytes.toByteArray().trimmed();
        const QByteArray text = line.mid(line.lastIndexOf(' ') + 1) + '\n';
        if (line.startsWith("now ")) {
            out += text;
            return After::Keep;
        }
        const auto later = std::make_shared<PendingAnswer>();
        if (line == "hold") {
            m_held->add(later);
        } else if (line.startsWith("at once ")) {
            later->fulfil(text);
        } else {
            QTimer::singleShot(line.left(line.indexOf(' ')).toInt(), [later, text] { later->fulfil(text); });
        }
        return later;
    }
    void finish(QByteArray& out) override { out += "end\n"; }

private:
    Held* m_held;
};

class LaterService final : public Service {
public:
    LaterService(Held& held, Transport transport)
        : m_held(&held)
        , m_transport(transport)
    {
    }
    [[nodiscard]] Transport transport() const override { return m_transport; }
    [[nodiscard]] FramingKind framing() const override
    {
        return m_transport == Transport::Udp ? FramingKind::Datagram : FramingKind::Lines;
    }
    [[nodiscard]] std::unique_ptr<Session> newSession() const override
    {
        return std::make_unique<LaterSession>(m_held);
    }

private:
    Held* m_held;
    Transport m_transport;
};

/// A peer over UDP.
class UdpPeer {
public:
    explicit UdpPeer(const SocketAddress& server)
    {
        m_socket.connectToHost(server.host, server.port);
        (void)m_socket.waitForConnected();
    }
    void send(const QByteArray& datagram) { m_socket.write(datagram); }
    [[nodiscard]] QByteArray receive()
    {
        QByteArray datagram(100, Qt::Uninitialized);
        if (!m_socket.hasPendingDatagrams() && !m_socket.waitForReadyRead(10'000)) {
            return {};
        }
        datagram.resize(m_socket.readDatagram(datagram.data(), datagram.size()));
        return datagram;
    }

private:
    QUdpSocket m_socket;
};

/// A service that has its answers only later.
class TestAnswerLater : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 1 };

    struct Setting {
        explicit Setting(IoThreads& threads, Transport transport = Transport::Tcp)
            : server(threads, watched.capture)
        {
            ServerOptions options = testOptions(true);
            options.ownService = std::make_shared<LaterService>(held, transport);
            options.idleTimeout = 200ms;
            QVERIFY(startAndWait(server, options));
        }
        Watched watched { FramingKind::Lines };
        Held held;
        Server server;
    };

private Q_SLOTS:
    void keepsTheOrder_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("one later") << QByteArray("5 a\n");
        QTest::newRow("each sooner than the one before") << QByteArray("20 a\n10 b\n0 c\n");
        QTest::newRow("others at once") << QByteArray("now a\n10 b\nnow c\nnow d\n0 e\n");
        QTest::newRow("there before it is waited for") << QByteArray("at once a\nat once b\nnow c\n");
    }

    void keepsTheOrder()
    {
        QFETCH(const QByteArray, lines);
        Setting setting(m_threads);
        QByteArray expected;
        for (const QByteArray& line : lines.split('\n')) {
            expected += line.isEmpty() ? QByteArray("end\n") : QByteArray(line.mid(line.lastIndexOf(' ') + 1) + '\n');
        }
        Peer peer(setting.server.address());
        peer.send(lines);
        if (can().halfClose) {
            peer.finish();
            QCOMPARE(peer.readToEnd(), expected);
            QCOMPARE(peer.end(), Peer::End::EndOfStream);
        } else { // what a peer that has finished is owed would be lost
            expected.chop(4);
            QCOMPARE(peer.read(expected.size()), expected);
        }
        QCOMPARE(setting.server.exchanges(), lines.count('\n'));
    }

    void answersTheRestOfAStreamLater_data()
    {
        addAbilityRow(can().halfClose, "and it gets there", "no half-close: it is lost, and the error says why");
    }
    void answersTheRestOfAStreamLater()
    {
        QFETCH(const bool, able);
        Setting setting(m_threads);
        Peer peer(setting.server.address());
        peer.send("now a\n5 b"); // no line feed
        peer.finish();
        if (!able) {
            QTRY_VERIFY(setting.watched.witness->hasClosed(1));
            QCOMPARE(setting.watched.witness->errors().constFirst().code, QStringLiteral("half-close-unknown"));
            return;
        }
        QCOMPARE(peer.readToEnd(), QByteArray("a\nb\nend\n"));
    }

    /// The peer waits for us: that is no silence of its own. Others are served meanwhile.
    void holdsNobodyElseUp()
    {
        Setting setting(m_threads);
        Peer waiting(setting.server.address());
        waiting.send("hold\n");
        QTRY_COMPARE(setting.held.asked(), 1);
        for (int i = 0; i < 10; ++i) {
            Peer other(setting.server.address());
            other.send("40 x\n");
            QCOMPARE(other.read(2), QByteArray("x\n"));
        }
        QVERIFY(!setting.watched.witness->hasClosed(1)); // 400 ms, with an idle time-out of 200
        setting.held.fulfil(m_threads.thread(0), "at last\n");
        QCOMPARE(waiting.read(8), QByteArray("at last\n"));
        // From here on it is silent by itself.
        QCOMPARE(waiting.readToEnd(), QByteArray());
    }

    void readsNotMuchMoreWhileItWaits()
    {
        Setting setting(m_threads);
        Peer peer(setting.server.address());
        peer.send("hold\n");
        QTRY_COMPARE(setting.held.asked(), 1);
        const QByteArray much = QByteArray("now x\n").repeated(100'000);
        const qint64 sent = peer.sendUntilStuck(much, 100);
        QVERIFY(sent < 100 * much.size());
        setting.watched.capture->waitUntilIdle();
        const qsizetype read = setting.watched.witness->stream(1, Direction::In).size();
        QVERIFY2(read <= 2 * Channel::highWater, qPrintable(QString::number(read)));
        QVERIFY(setting.watched.witness->stream(1, Direction::Out).isEmpty());
        setting.held.fulfil(m_threads.thread(0), "y\n");
        QCOMPARE(peer.read(6), QByteArray("y\nx\nx\n"));
    }

    void closesAfterIt()
    {
        Setting setting(m_threads);
        Peer peer(setting.server.address());
        peer.send("hold\nnow never\n");
        QTRY_COMPARE(setting.held.asked(), 1);
        setting.held.fulfil(m_threads.thread(0), "bye\n", After::Close);
        QCOMPARE(peer.readToEnd(), QByteArray("bye\n"));
        QCOMPARE(peer.end(), Peer::End::EndOfStream);
    }

    void isCancelledWithItsConnection_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow(can().tellsReset ? "reset by the peer" : "a peer's reset looks like an end: not cancelled") << 0;
        QTest::newRow("reset by us") << 1;
        QTest::newRow("closed by us") << 2;
        QTest::newRow("the server stops") << 3;
    }

    void isCancelledWithItsConnection()
    {
        QFETCH(const int, how);
        Setting setting(m_threads);
        Peer peer(setting.server.address());
        peer.send("hold\n");
        QTRY_COMPARE(setting.held.asked(), 1);
        const std::shared_ptr<PendingAnswer> answer = setting.held.take();
        if (how == 0) {
            peer.reset();
            if (!can().tellsReset) {
                QTRY_COMPARE(setting.watched.witness->of(EventKind::Finished, 1).size(), 1);
                answer->fulfil("nobody hears it\n");
                QTRY_VERIFY(setting.watched.witness->hasClosed(1));
                return;
            }
        } else if (how == 1) {
            setting.server.resetConnection(1);
        } else if (how == 2) {
            setting.server.closeConnection(1);
            QCOMPARE(peer.readToEnd(), QByteArray());
            peer.close();
        } else {
            setting.server.stop();
        }
        QTRY_VERIFY(setting.watched.witness->hasClosed(1));
        QVERIFY(answer->isCancelled());
        answer->fulfil("nobody hears it\n"); // nothing of that connection is left in its thread
    }

    void keepsTheOrderOfEachPeerOverUdp()
    {
        Setting setting(m_threads, Transport::Udp);
        UdpPeer peer(setting.server.address());
        UdpPeer other(setting.server.address());
        peer.send("30 a");
        peer.send("now b");
        peer.send("0 c");
        other.send("now x");
        QCOMPARE(other.receive(), QByteArray("x\n"));
        QCOMPARE(peer.receive(), QByteArray("a\n"));
        QCOMPARE(peer.receive(), QByteArray("b\n"));
        QCOMPARE(peer.receive(), QByteArray("c\n"));
    }

    void keepsOnlySoManyDatagrams()
    {
        Setting setting(m_threads, Transport::Udp);
        UdpPeer peer(setting.server.address());
        constexpr int most = 64;
        for (int i = 0; i < most + 10; ++i) {
            peer.send("hold");
            QTRY_COMPARE(setting.held.asked(), std::min(i + 1, most));
        }
        QTRY_COMPARE(setting.watched.witness->stream(1, Direction::In).size(), 4 * (most + 10));
        QCOMPARE(setting.held.asked(), most);
        QCOMPARE(setting.watched.witness->errors().size(), 1);
        for (int i = 0; i < most; ++i) {
            setting.held.fulfil(m_threads.thread(0), QByteArray::number(i));
            QCOMPARE(peer.receive(), QByteArray::number(i));
        }
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestAnswerLater)
#include "tst_answer_later.moc"
