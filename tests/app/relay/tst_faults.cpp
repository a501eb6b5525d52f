// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/relay/fault_tape.h"
#include "tests/testcase.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <thread>

using namespace sockeye;
using namespace std::chrono_literals;

class TestFaults : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void latencyDoesNotAddUp();
    void jitterKeepsTheOrder();
    void bandwidthTakesItsTime();
    void bandwidthIsShared();
    void aSharedLineCarriesForAllThreads();
    void slowCloseKeepsTheEndBack();
    void timeoutLetsNothingPass();
    void timeoutOfZeroNeverCloses();
    void resetPeerComesAfterTheFirstByte();
    void resetPeerStrikesAConnectionThatHasBegun();
    void slicerMakesPiecesWithPauses();
    void limitDataPassesExactlyThat_data();
    void limitDataPassesExactlyThat();
    void packetLossTakesPiecesOut();
    void correlatedLossComesInBursts();
    void retransmitLosesNothing();
    void corruptChangesTheByteAtAnOffset();
    void corruptAtARateStrikesTheSameBytesHoweverTheyCome();
};

void TestFaults::latencyDoesNotAddUp()
{
    FaultTape tape(QStringLiteral("latency:latency=100"));
    tape.give("a");
    tape.pass(10ms);
    tape.give("b");
    tape.chain.end(tape.now);
    tape.pass(89ms);
    QVERIFY(tape.pieces.isEmpty());
    tape.pass(1s);
    const QList<FaultTape::Piece> wanted { { "a", 100ms }, { "b", 110ms } };
    QCOMPARE(tape.pieces, wanted);
    QCOMPARE(tape.endAt, FaultTime(110ms));
    QCOMPARE(tape.upTo, 2);
    QCOMPARE(tape.plan->strikes(QStringLiteral("latency_downstream")), 2);
}

void TestFaults::jitterKeepsTheOrder()
{
    FaultTape tape(QStringLiteral("latency:latency=50,jitter=40"));
    for (char c = 'a'; c <= 'z'; ++c) {
        tape.give(QByteArray(1, c));
        tape.pass(1ms);
    }
    tape.pass(1s);
    QCOMPARE(tape.all(), "abcdefghijklmnopqrstuvwxyz");
    for (int i = 0; i < tape.pieces.size(); ++i) {
        const FaultTime delay = tape.pieces[i].at - FaultTime(std::chrono::milliseconds(i));
        QVERIFY(delay >= 10ms && delay <= 90ms);
    }
}

void TestFaults::bandwidthTakesItsTime()
{
    FaultTape tape(QStringLiteral("bandwidth:rate=100")); // 100,000 bytes a second
    const QByteArray bytes = numbered(50'000);
    tape.give(bytes);
    QVERIFY(tape.chain.isFull());
    tape.pass(250ms);
    QVERIFY(tape.all().size() >= 24'000 && tape.all().size() <= 25'000);
    tape.pass(250ms);
    QCOMPARE(tape.all(), bytes);
    QVERIFY(!tape.chain.isFull());
    QCOMPARE(tape.upTo, bytes.size());
}

/// Three connections that always have something to send, and one that has little now and then.
void TestFaults::bandwidthIsShared()
{
    const QString spec = QStringLiteral("bandwidth:rate=100,shared=true");
    FaultTape first(spec);
    FaultTape second(spec);
    FaultTape third(spec);
    FaultTape small(spec);
    const std::array all { &first, &second, &third, &small };
    for (FaultTape* const tape : { &second, &third, &small }) { // one plan for all of them
        tape->chain.set(FaultTape::planOf({}, 1), 0, tape->now);
        tape->chain.set(first.plan, 0, tape->now);
    }
    const QByteArray much = numbered(20'000);
    for (int ms = 0; ms < 2'000; ++ms) {
        for (FaultTape* const tape : { &first, &second, &third }) {
            if (!tape->chain.isFull()) {
                tape->give(much);
            }
        }
        if (ms % 500 == 0) {
            small.give("small");
        }
        for (FaultTape* const tape : all) {
            tape->pass(1ms);
        }
    }
    const qsizetype sent = first.all().size() + second.all().size() + third.all().size() + small.all().size();
    QVERIFY2(sent > 190'000 && sent <= 200'000, qPrintable(QString::number(sent)));
    for (FaultTape* const tape : { &first, &second, &third }) {
        QVERIFY2(tape->all().size() > 60'000, qPrintable(QString::number(tape->all().size())));
        QVERIFY(QByteArray(much + much + much + much).startsWith(tape->all()));
    }
    QCOMPARE(small.pieces.size(), 4);
    for (int i = 0; i < 4; ++i) { // no more than a turn of each of the others
        QVERIFY(small.pieces[i].at - FaultTime(i * 500ms) <= 41ms);
    }
    // As the others, it changes while it is at work: what waited goes, and the new rate counts.
    first.chain.set(FaultTape::planOf(QStringLiteral("bandwidth:rate=1000,shared=true"), 1), first.upTo, first.now);
    QVERIFY(!first.chain.isFull());
    const FaultTime since = first.now;
    first.give(much);
    first.chain.end(first.now);
    first.pass(30ms);
    QCOMPARE(first.endAt, since + FaultTime(20ms));
}

void TestFaults::aSharedLineCarriesForAllThreads()
{
    SharedLine line;
    constexpr qint64 bytesPerMs = 1'000;
    constexpr int times = 1'000;
    std::array<FaultTime, 4> last {};
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads.at(i) = std::thread([&line, &own = last.at(i)] {
            for (int n = 0; n < times; ++n) {
                own = line.take(0us, 10, bytesPerMs);
            }
        });
    }
    for (std::thread& each : threads) {
        each.join();
    }
    QCOMPARE(*std::ranges::max_element(last), FaultTime(4 * times * 10 * 1000 / bytesPerMs));
    QCOMPARE(line.take(1s, 10, bytesPerMs), FaultTime(1s + 10us)); // it was free long before
}

void TestFaults::slowCloseKeepsTheEndBack()
{
    FaultTape tape(QStringLiteral("slow_close:delay=300"));
    tape.give("x");
    tape.chain.end(tape.now);
    QCOMPARE(tape.all(), "x");
    tape.pass(299ms);
    QVERIFY(!tape.endAt);
    tape.pass(1ms);
    QCOMPARE(tape.endAt, FaultTime(300ms));
}

void TestFaults::timeoutLetsNothingPass()
{
    FaultTape tape(QStringLiteral("timeout:timeout=500"));
    tape.give("x");
    tape.pass(499ms);
    QVERIFY(!tape.closedAt);
    tape.pass(1s);
    QVERIFY(tape.pieces.isEmpty());
    QCOMPARE(tape.closedAt, FaultTime(500ms));
}

void TestFaults::timeoutOfZeroNeverCloses()
{
    FaultTape tape(QStringLiteral("timeout"));
    tape.give("x");
    QVERIFY(!tape.chain.due());
    QVERIFY(tape.pieces.isEmpty());
    tape.chain.set(FaultTape::planOf({}, 1), 1, tape.now);
    tape.give("y");
    QCOMPARE(tape.all(), "y");
}

void TestFaults::resetPeerComesAfterTheFirstByte()
{
    FaultTape tape(QStringLiteral("reset_peer:timeout=200"));
    tape.pass(10s);
    QVERIFY(!tape.resetAt);
    tape.give("x");
    QCOMPARE(tape.all(), "x");
    tape.pass(1s);
    QCOMPARE(tape.resetAt, FaultTime(10'200ms));
}

void TestFaults::resetPeerStrikesAConnectionThatHasBegun()
{
    FaultTape tape({});
    tape.give("x");
    tape.chain.set(FaultTape::planOf(QStringLiteral("reset_peer"), 1), 1, tape.now);
    QCOMPARE(tape.resetAt, FaultTime(0));
}

void TestFaults::slicerMakesPiecesWithPauses()
{
    FaultTape tape(QStringLiteral("slicer:average_size=10,size_variation=5,delay=2000"));
    const QByteArray bytes = numbered(100);
    tape.give(bytes);
    tape.chain.end(tape.now);
    tape.pass(1s);
    QCOMPARE(tape.all(), bytes);
    QVERIFY(tape.pieces.size() >= 7 && tape.pieces.size() <= 20);
    for (int i = 0; i < tape.pieces.size(); ++i) {
        QVERIFY(tape.pieces[i].bytes.size() <= 15);
        QCOMPARE(tape.pieces[i].at, FaultTime(i * 2ms));
    }
    QCOMPARE(tape.endAt, tape.pieces.last().at);
}

void TestFaults::limitDataPassesExactlyThat_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("passed");
    QTest::newRow("nothing") << 0 << QByteArray();
    QTest::newRow("within a piece") << 3 << QByteArray("abc");
    QTest::newRow("all of a piece") << 4 << QByteArray("abcd");
    QTest::newRow("of two pieces") << 6 << QByteArray("abcdef");
}

void TestFaults::limitDataPassesExactlyThat()
{
    QFETCH(const int, limit);
    QFETCH(const QByteArray, passed);
    FaultTape tape(QStringLiteral("limit_data:bytes=%1").arg(limit));
    tape.give("abcd");
    tape.give("efgh");
    QCOMPARE(tape.all(), passed);
    QVERIFY(tape.closedAt);
}

void TestFaults::packetLossTakesPiecesOut()
{
    FaultTape tape(QStringLiteral("packet_loss:loss_rate=0.25"));
    constexpr int many = 4000;
    for (int i = 0; i < many; ++i) {
        tape.give("x");
    }
    const qsizetype lost = many - tape.pieces.size();
    QVERIFY2(lost > many / 5 && lost < many * 3 / 10, qPrintable(QString::number(lost)));
    QCOMPARE(tape.strikes.size(), lost);
}

void TestFaults::correlatedLossComesInBursts()
{
    const auto bursts = [](const QString& spec) {
        FaultTape tape(spec);
        for (int i = 0; i < 2000; ++i) {
            tape.give("x");
        }
        int neighbours = 0;
        for (int i = 1; i < tape.strikes.size(); ++i) {
            neighbours += tape.strikes[i].offset == tape.strikes[i - 1].offset + 1 ? 1 : 0;
        }
        return static_cast<double>(neighbours) / static_cast<double>(std::max<qsizetype>(tape.strikes.size(), 1));
    };
    QVERIFY(bursts(QStringLiteral("packet_loss:loss_rate=0.3,correlation=0.8"))
        > bursts(QStringLiteral("packet_loss:loss_rate=0.3")));
}

void TestFaults::retransmitLosesNothing()
{
    FaultTape tape(QStringLiteral("retransmit:loss=0.5,rto=100"));
    const QByteArray bytes = numbered(200);
    for (const char byte : bytes) {
        tape.give(QByteArray(1, byte));
        tape.pass(1ms);
    }
    tape.pass(60s);
    QCOMPARE(tape.all(), bytes);
    QVERIFY(!tape.strikes.isEmpty());
    for (const FaultTape::Strike& strike : std::as_const(tape.strikes)) {
        const int tries = strike.detail.value(u"tries").toInt();
        QCOMPARE(strike.detail.value(u"delay_us").toInteger(), ((1 << tries) - 1) * 100'000);
    }
}

void TestFaults::corruptChangesTheByteAtAnOffset()
{
    FaultTape tape(QStringLiteral("corrupt:offset=5,xor=1"));
    tape.give("abc");
    tape.give("defg");
    QCOMPARE(tape.all(), "abcdegg");
    QCOMPARE(tape.strikes.size(), 1);
    QCOMPARE(tape.strikes.front().offset, 5);
}

void TestFaults::corruptAtARateStrikesTheSameBytesHoweverTheyCome()
{
    const QByteArray bytes = numbered(20'000);
    FaultTape whole(QStringLiteral("corrupt:rate=0.01"));
    whole.give(bytes);
    FaultTape pieces(QStringLiteral("corrupt:rate=0.01"));
    for (qsizetype at = 0, size = 1; at < bytes.size(); at += size, size = size % 97 + 1) {
        pieces.give(bytes.mid(at, size));
    }
    QVERIFY(whole.all() != bytes);
    QCOMPARE(pieces.all(), whole.all());
    QCOMPARE(pieces.strikes, whole.strikes);
    QVERIFY(whole.strikes.size() > 120 && whole.strikes.size() < 280);
}

SOCKEYE_TEST(TestFaults)
#include "tst_faults.moc"
