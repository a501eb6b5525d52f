// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_kinds.h"
#include "tests/app/relay/fault_tape.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QNetworkDatagram>
#include <QSet>
#include <QTest>
#include <QUdpSocket>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// A peer over UDP, served by the test's event loop.
class DatagramPeer {
public:
    DatagramPeer() { m_socket.bind(QHostAddress::LocalHost); }
    [[nodiscard]] SocketAddress address() const { return { m_socket.localAddress(), m_socket.localPort() }; }
    void send(const QByteArray& bytes, const SocketAddress& to) { m_socket.writeDatagram(bytes, to.host, to.port); }
    [[nodiscard]] bool wait()
    {
        return QTest::qWaitFor([&] { return m_socket.hasPendingDatagrams(); }, 60'000);
    }
    [[nodiscard]] QNetworkDatagram take() { return wait() ? m_socket.receiveDatagram() : QNetworkDatagram(); }

private:
    QUdpSocket m_socket;
};

SocketAddress senderOf(const QNetworkDatagram& datagram)
{
    return { datagram.senderAddress(), static_cast<quint16>(datagram.senderPort()) };
}

/// A relay over UDP, with the target of the test's own.
struct DatagramRelay {
    explicit DatagramRelay(
        const QString& fault = {}, std::chrono::milliseconds idle = 60s, int most = 1000, const HoldSettings& hold = {})
    {
        RelayOptions options = relayTo(target.address());
        options.transport = Transport::Udp;
        options.idleTimeout = idle;
        options.maxConnections = most;
        options.hold = hold;
        if (!fault.isEmpty()) {
            FaultSettings settings;
            (void)readFault(fault, settings);
            options.faults.append(settings);
        }
        isUp = startAndWait(relay, options);
    }

    DatagramPeer target;
    Watched watched;
    IoThreads threads { 2 };
    Relay relay { threads, watched.capture };
    bool isUp = false;
};

} // namespace

class TestRelayDatagrams : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void eachPeerHasASocketOfItsOwn();
    void anyDatagramPasses_data();
    void anyDatagramPasses();
    void aSilentPeerGoes();
    void thereAreNoMorePeersThanMayBe();
    void aTargetThatIsNotThereIsTold();
    void datagramsCanBeHeld();
    void datagramsCanBeStruck();
    void lossComesInBursts();
    void someComeTwice();
    void someAreOvertaken();
    void oneThatNothingFollowsGoesAllTheSame();
    void delaysReorder();
    void streamFaultsAreNotForDatagrams();
};

void TestRelayDatagrams::eachPeerHasASocketOfItsOwn()
{
    DatagramRelay setting;
    QVERIFY(setting.isUp);
    DatagramPeer first;
    DatagramPeer second;
    first.send("from the first", setting.relay.address());
    const QNetworkDatagram one = setting.target.take();
    second.send("from the second", setting.relay.address());
    const QNetworkDatagram two = setting.target.take();
    QCOMPARE(one.data(), "from the first");
    QCOMPARE(two.data(), "from the second");
    QVERIFY(senderOf(one).port != senderOf(two).port);
    setting.target.send("to the second", senderOf(two));
    setting.target.send("to the first", senderOf(one));
    QCOMPARE(second.take().data(), "to the second");
    const QNetworkDatagram back = first.take();
    QCOMPARE(back.data(), "to the first");
    QCOMPARE(senderOf(back), setting.relay.address());
    QCOMPARE(setting.relay.exchanges(), 2);
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    QCOMPARE(setting.watched.witness->stream(1, Direction::In), "from the first");
    QCOMPARE(setting.watched.witness->stream(1, Direction::Out), "to the first");
    QCOMPARE(setting.watched.witness->stream(2, Direction::Out), "to the second");
    QVERIFY(setting.watched.witness->hasClosed(2));
    QCOMPARE(setting.relay.target(1)->peer, setting.target.address());
}

void TestRelayDatagrams::anyDatagramPasses_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("an empty one") << 0;
    QTest::newRow("a small one") << 1;
    QTest::newRow("the largest") << 65'507;
}

void TestRelayDatagrams::anyDatagramPasses()
{
    QFETCH(const int, size);
    DatagramRelay setting;
    QVERIFY(setting.isUp);
    DatagramPeer peer;
    const QByteArray bytes = manyBytes(size, 9);
    peer.send(bytes, setting.relay.address());
    QVERIFY(setting.target.wait());
    const QNetworkDatagram there = setting.target.take();
    QVERIFY(there.data() == bytes);
    setting.target.send(bytes, senderOf(there));
    QVERIFY(peer.wait());
    QVERIFY(peer.take().data() == bytes);
}

void TestRelayDatagrams::aSilentPeerGoes()
{
    DatagramRelay setting({}, 300ms);
    QVERIFY(setting.isUp);
    DatagramPeer peer;
    peer.send("x", setting.relay.address());
    QTRY_VERIFY(setting.watched.witness->hasClosed(1));
    QTRY_COMPARE(setting.relay.target(1)->state, TargetLeg::State::Closed);
    peer.send("again", setting.relay.address());
    QCOMPARE(setting.target.take().data(), "x");
    QCOMPARE(setting.target.take().data(), "again");
}

void TestRelayDatagrams::thereAreNoMorePeersThanMayBe()
{
    DatagramRelay setting({}, 60s, 1);
    QVERIFY(setting.isUp);
    DatagramPeer first;
    DatagramPeer second;
    first.send("first", setting.relay.address());
    QCOMPARE(setting.target.take().data(), "first");
    second.send("second", setting.relay.address());
    first.send("first again", setting.relay.address());
    QCOMPARE(setting.target.take().data(), "first again");
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    QCOMPARE(setting.watched.witness->errors().size(), 1);
    QCOMPARE(setting.watched.witness->errors().front().code, codeName(FailureCode::TooManyConnections));
}

void TestRelayDatagrams::aTargetThatIsNotThereIsTold()
{
    QUdpSocket gone;
    gone.bind(QHostAddress::LocalHost);
    const SocketAddress nobody { gone.localAddress(), gone.localPort() };
    gone.close();
    const Watched watched;
    IoThreads threads(1);
    Relay relay(threads, watched.capture);
    RelayOptions options = relayTo(nobody);
    options.transport = Transport::Udp;
    QVERIFY(startAndWait(relay, options));
    DatagramPeer peer;
    peer.send("anybody?", relay.address());
    QTRY_VERIFY(!watched.witness->errors().isEmpty());
    QCOMPARE(watched.witness->errors().front().code, codeName(FailureCode::Refused));
}

void TestRelayDatagrams::datagramsCanBeHeld()
{
    using Kind = HoldDecision::Kind;
    DatagramRelay setting({}, 60s, 1000, { true, QStringLiteral("size < 6") });
    QVERIFY(setting.isUp);
    DatagramPeer peer;
    const auto decide = [&](Kind kind, const QByteArray& bytes = {}) {
        const HeldMessage held = setting.relay.held().all().front();
        setting.relay.decide({ held.id, held.connection, held.direction, kind, bytes });
    };
    for (const char* const bytes : { "edit", "drop", "ask" }) {
        peer.send(bytes, setting.relay.address());
    }
    QTRY_COMPARE(setting.relay.held().all().size(), 3U);
    decide(Kind::LetGo, "edited");
    QTRY_COMPARE(setting.relay.held().all().size(), 2U);
    decide(Kind::Drop);
    QTRY_COMPARE(setting.relay.held().all().size(), 1U);
    decide(Kind::Answer, "answer");
    QCOMPARE(peer.take().data(), "answer");
    peer.send("long enough", setting.relay.address());
    setting.relay.insert(1, Direction::Out, "more");
    QCOMPARE(peer.take().data(), "more");
    const QNetworkDatagram first = setting.target.take();
    QCOMPARE(first.data(), "edited");
    QCOMPARE(setting.target.take().data(), "long enough"); // and nothing for what was dropped
    setting.target.send("back", senderOf(first));
    QTRY_COMPARE(setting.relay.held().all().size(), 1U);
    decide(Kind::LetGo, "back again");
    QCOMPARE(peer.take().data(), "back again");
}

void TestRelayDatagrams::datagramsCanBeStruck()
{
    DatagramRelay setting(QStringLiteral("corrupt:offset=1,xor=1"));
    QVERIFY(setting.isUp);
    DatagramPeer peer;
    peer.send("ask", setting.relay.address());
    const QNetworkDatagram there = setting.target.take();
    QCOMPARE(there.data(), "ask");
    setting.target.send("abc", senderOf(there));
    QCOMPARE(peer.take().data(), "acc");
    QCOMPARE(setting.relay.strikes(QStringLiteral("corrupt_downstream")), 1);
}

void TestRelayDatagrams::lossComesInBursts()
{
    FaultTape tape(QStringLiteral("loss:rate=0.05,burst=4"), 1, Transport::Udp);
    for (int i = 0; i < 1000; ++i) {
        tape.give("x");
    }
    QVERIFY(tape.strikes.size() > 80 && tape.strikes.size() < 280);
    QCOMPARE(tape.strikes.size() % 4, 0);
    for (int i = 0; i < tape.strikes.size(); i += 4) {
        QCOMPARE(tape.strikes[i + 3].offset, tape.strikes[i].offset + 3);
    }
}

void TestRelayDatagrams::someComeTwice()
{
    FaultTape tape(QStringLiteral("duplicate:rate=0.5"), 1, Transport::Udp);
    for (char c = 'a'; c <= 'z'; ++c) {
        tape.give(QByteArray(1, c));
    }
    QCOMPARE(tape.pieces.size(), 26 + tape.strikes.size());
    QVERIFY(tape.strikes.size() > 4 && tape.strikes.size() < 22);
    for (const FaultTape::Strike& strike : std::as_const(tape.strikes)) {
        QCOMPARE(tape.all().count(static_cast<char>('a' + strike.offset)), 2);
    }
}

void TestRelayDatagrams::someAreOvertaken()
{
    FaultTape tape(QStringLiteral("reorder:rate=0.2,gap=2"), 1, Transport::Udp);
    for (char c = 'a'; c <= 'z'; ++c) {
        tape.give(QByteArray(1, c));
    }
    tape.pass(2s);
    QVERIFY(!tape.strikes.isEmpty());
    QByteArray sorted = tape.all();
    QVERIFY(sorted != "abcdefghijklmnopqrstuvwxyz");
    std::ranges::sort(sorted);
    QCOMPARE(sorted, "abcdefghijklmnopqrstuvwxyz");
}

void TestRelayDatagrams::oneThatNothingFollowsGoesAllTheSame()
{
    FaultTape tape(QStringLiteral("reorder:rate=1"), 1, Transport::Udp);
    tape.give("alone");
    tape.pass(999ms);
    QVERIFY(tape.pieces.isEmpty());
    tape.pass(1ms);
    QCOMPARE(tape.all(), "alone");
}

void TestRelayDatagrams::delaysReorder()
{
    for (const char* const distribution : { "uniform", "normal" }) {
        FaultTape tape(QStringLiteral("delay:time=100,jitter=40,distribution=") + QLatin1StringView(distribution), 1,
            Transport::Udp);
        for (char c = 'a'; c <= 'z'; ++c) {
            tape.give(QByteArray(1, c));
            tape.pass(1ms);
        }
        tape.pass(10s);
        QByteArray all = tape.all();
        QVERIFY(all != "abcdefghijklmnopqrstuvwxyz");
        std::ranges::sort(all);
        QCOMPARE(all, "abcdefghijklmnopqrstuvwxyz");
    }
}

void TestRelayDatagrams::streamFaultsAreNotForDatagrams()
{
    for (const FaultKind& kind : faultKinds()) {
        FaultSettings fault;
        fault.kind = kind.id;
        QCOMPARE(checkFault(fault, Transport::Udp).isEmpty(), kind.onDatagrams);
        QCOMPARE(checkFault(fault, Transport::Tcp).isEmpty(), kind.onStreams);
    }
}

SOCKEYE_TEST(TestRelayDatagrams)
#include "tst_relay_datagrams.moc"
