// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Each fault once on real sockets: the stages by themselves are TestFaults's.

#include "app/relay/faults/fault_kinds.h"
#include "tests/app/net/engine_rows.h"
#include "tests/app/relay/relay_help.h"
#include "tests/testcase.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;

namespace {

FaultList faultsOf(const QString& spec)
{
    FaultSettings fault;
    if (const QString wrong = readFault(spec, fault); !wrong.isEmpty()) {
        qFatal("%s", qPrintable(wrong));
    }
    return { fault };
}

} // namespace

class TestRelayFaults : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void bytesComeLater_data();
    void bytesComeLater();
    void theEndComesLater();
    void nothingPassesAndItCloses();
    void aResetIsAResetForBothSides();
    void aResetStrikesAnOpenConversation();
    void soManyBytesPassAndNoMore();
    void aByteIsChangedOnTheWayUp();
    void piecesAreLost();
    void aTargetCanBeMadeToRefuse();
    void aTargetCanBeMadeSilent();
    void aTargetCanBeConnectedToLater();
    void downClosesAndComesBack();
    void faultsChangeWhileItRuns();
    void strikesAreRecordedAndTold();
    void twoRunsOfOneSeedAreTheSame();
    void whatCannotBeChangesNothing();
};

void TestRelayFaults::bytesComeLater_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("atLeast"); // ms
    QTest::newRow("latency") << QStringLiteral("latency:latency=150") << 150;
    QTest::newRow("bandwidth") << QStringLiteral("bandwidth:rate=100") << 140; // 15,000 bytes
    QTest::newRow("slicer") << QStringLiteral("slicer:average_size=5000,delay=70000") << 140;
    QTest::newRow("retransmit") << QStringLiteral("retransmit:loss=1,rto=3") << 180; // 63 times
}

void TestRelayFaults::bytesComeLater()
{
    QFETCH(const QString, spec);
    QFETCH(const int, atLeast);
    RelaySetting setting(faultsOf(spec));
    QVERIFY(setting.isUp);
    const QByteArray bytes = manyBytes(15'000, 3);
    QByteArray up;
    QByteArray down;
    qint64 took = 0;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        client.send("now");
        up = server.read(3);
        QElapsedTimer timer;
        timer.start();
        server.send(bytes);
        down = client.read(bytes.size());
        took = timer.elapsed();
    }));
    QCOMPARE(up, "now");
    QVERIFY(down == bytes);
    QVERIFY2(took >= atLeast, qPrintable(QString::number(took)));
    QVERIFY(setting.relay.strikes(setting.relay.faults().front().name) > 0);
}

void TestRelayFaults::theEndComesLater()
{
    RelaySetting setting(faultsOf(QStringLiteral("slow_close:delay=150")));
    QVERIFY(setting.isUp);
    qint64 took = 0;
    QByteArray all;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        server.send("all");
        QElapsedTimer timer;
        timer.start();
        server.close();
        all = client.readToEnd();
        took = timer.elapsed();
    }));
    QCOMPARE(all, "all");
    QVERIFY2(took >= 150, qPrintable(QString::number(took)));
}

void TestRelayFaults::nothingPassesAndItCloses()
{
    RelaySetting setting(faultsOf(QStringLiteral("timeout:timeout=100")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    QByteArray came;
    QVERIFY(aside([&] {
        Peer server = setting.target.accept();
        server.send("never seen");
        came = client.readToEnd();
    }));
    QCOMPARE(came, QByteArray());
    QCOMPARE(client.end(), Peer::End::EndOfStream);
}

void TestRelayFaults::aResetIsAResetForBothSides()
{
    if (!can().sendsReset) {
        QSKIP("this engine knows no resets");
    }
    RelaySetting setting(faultsOf(QStringLiteral("reset_peer:timeout=50")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QVERIFY(aside([&] {
        server.send("x");
        (void)client.readToEnd();
        (void)server.readToEnd();
    }));
    QCOMPARE(client.end(), Peer::End::Reset);
    QCOMPARE(server.end(), Peer::End::Reset);
}

void TestRelayFaults::aResetStrikesAnOpenConversation()
{
    if (!can().sendsReset) {
        QSKIP("this engine knows no resets");
    }
    RelaySetting setting;
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    QVERIFY(aside([&] {
        server.send("x");
        (void)client.read(1);
    }));
    QCOMPARE(setting.relay.setFaults(faultsOf(QStringLiteral("reset_peer"))), QString());
    QVERIFY(aside([&] { (void)client.readToEnd(); }));
    QCOMPARE(client.end(), Peer::End::Reset);
}

void TestRelayFaults::soManyBytesPassAndNoMore()
{
    RelaySetting setting(faultsOf(QStringLiteral("limit_data:bytes=100000")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    const QByteArray bytes = manyBytes(300'000, 4);
    QByteArray came;
    QVERIFY(aside([&] {
        Peer server = setting.target.accept();
        server.send(bytes);
        came = client.readToEnd();
    }));
    QVERIFY(came == bytes.first(100'000));
    QCOMPARE(client.end(), Peer::End::EndOfStream);
}

void TestRelayFaults::aByteIsChangedOnTheWayUp()
{
    RelaySetting setting(faultsOf(QStringLiteral("corrupt:offset=2,xor=1,stream=upstream")));
    QVERIFY(setting.isUp);
    QByteArray up;
    QByteArray down;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        client.send("abcd");
        up = server.read(4);
        server.send("abcd");
        down = client.read(4);
    }));
    QCOMPARE(up, "abbd");
    QCOMPARE(down, "abcd");
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    QCOMPARE(setting.watched.witness->stream(1, Direction::In), "abcd"); // as it was received
}

void TestRelayFaults::piecesAreLost()
{
    RelaySetting setting(faultsOf(QStringLiteral("packet_loss:loss_rate=1")));
    QVERIFY(setting.isUp);
    QByteArray came;
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        server.send("lost");
        server.close();
        came = client.readToEnd();
    }));
    QCOMPARE(came, QByteArray());
}

void TestRelayFaults::aTargetCanBeMadeToRefuse()
{
    if (!can().sendsReset) {
        QSKIP("this engine knows no resets");
    }
    RelaySetting setting(faultsOf(QStringLiteral("connect:refuse=true")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    if (client.isConnected()) { // else the reset came before connecting was done
        QVERIFY(aside([&] { (void)client.readToEnd(); }));
        QCOMPARE(client.end(), Peer::End::Reset);
    }
    QTRY_COMPARE(setting.relay.exchanges(), 1);
}

void TestRelayFaults::aTargetCanBeMadeSilent()
{
    RelaySetting setting(faultsOf(QStringLiteral("connect:blackhole=true")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    QTRY_COMPARE(setting.relay.strikes(QStringLiteral("connect_downstream")), 1);
    QCOMPARE(setting.relay.target(1)->state, TargetLeg::State::Connecting);
    client.close();
    QTRY_COMPARE(setting.relay.exchanges(), 1); // it has had enough
}

void TestRelayFaults::aTargetCanBeConnectedToLater()
{
    RelaySetting setting(faultsOf(QStringLiteral("connect:delay=120")));
    QVERIFY(setting.isUp);
    qint64 took = 0;
    QByteArray came;
    QVERIFY(aside([&] {
        QElapsedTimer timer;
        timer.start();
        Peer client(setting.relay.address());
        client.send("early");
        Peer server = setting.target.accept();
        took = timer.elapsed();
        came = server.read(5);
    }));
    QCOMPARE(came, "early");
    QVERIFY2(took >= 119, qPrintable(QString::number(took)));
}

void TestRelayFaults::downClosesAndComesBack()
{
    RelaySetting setting;
    QVERIFY(setting.isUp);
    const SocketAddress address = setting.relay.address();
    Peer client(address);
    Peer server = setting.target.accept();
    QTRY_VERIFY(setting.relay.target(1) && setting.relay.target(1)->state == TargetLeg::State::Open);
    QCOMPARE(setting.relay.setFaults(faultsOf(QStringLiteral("down"))), QString());
    QVERIFY(aside([&] { (void)client.readToEnd(); }));
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QTRY_VERIFY(!Peer(address).isConnected());
    QCOMPARE(setting.relay.setFaults({}), QString());
    QTRY_VERIFY(Peer(address).isConnected());
}

void TestRelayFaults::faultsChangeWhileItRuns()
{
    RelaySetting setting(faultsOf(QStringLiteral("latency:latency=600000")));
    QVERIFY(setting.isUp);
    Peer client(setting.relay.address());
    Peer server = setting.target.accept();
    server.send("held");
    QTRY_COMPARE(setting.relay.strikes(QStringLiteral("latency_downstream")), 1);
    QSignalSpy changed(&setting.relay, &Relay::faultsChanged);
    QCOMPARE(setting.relay.setFaults({}), QString());
    QCOMPARE(changed.size(), 1);
    QByteArray came;
    QVERIFY(aside([&] { came = client.read(4); }));
    QCOMPARE(came, "held");
}

void TestRelayFaults::strikesAreRecordedAndTold()
{
    RelaySetting setting(faultsOf(QStringLiteral("latency:latency=10")));
    QVERIFY(setting.isUp);
    QVERIFY(aside([&] {
        Peer client(setting.relay.address());
        Peer server = setting.target.accept();
        server.send("four");
        (void)client.read(4);
    }));
    QTRY_COMPARE(setting.relay.exchanges(), 1);
    QVERIFY(stopAndWait(setting.relay, setting.watched));
    const QList<Seen> notes = setting.watched.witness->of(EventKind::Note, 1);
    QVERIFY(std::ranges::any_of(notes, [](const Seen& note) { return note.text.contains(u"latency_downstream"); }));
}

void TestRelayFaults::twoRunsOfOneSeedAreTheSame()
{
    const auto run = [](quint64 seed) {
        RelaySetting setting(faultsOf(QStringLiteral("corrupt:rate=0.01")), seed);
        const QByteArray bytes = manyBytes(50'000, 5);
        QByteArray came;
        (void)aside([&] {
            Peer client(setting.relay.address());
            Peer server = setting.target.accept();
            server.send(bytes);
            came = client.read(bytes.size());
        });
        return came;
    };
    const QByteArray first = run(42);
    QCOMPARE(first.size(), 50'000);
    QVERIFY(first == run(42));
    QVERIFY(first != run(43));
}

void TestRelayFaults::whatCannotBeChangesNothing()
{
    RelaySetting setting(faultsOf(QStringLiteral("latency:latency=1")));
    QVERIFY(setting.isUp);
    FaultSettings wrong;
    wrong.kind = QStringLiteral("no-such");
    QVERIFY(setting.relay.setFaults({ wrong }).contains(u"no-such"));
    QCOMPARE(setting.relay.faults().size(), 1);
    QCOMPARE(setting.relay.faults().front().kind, QStringLiteral("latency"));
}

SOCKEYE_TEST(TestRelayFaults)
#include "tst_relay_faults.moc"
