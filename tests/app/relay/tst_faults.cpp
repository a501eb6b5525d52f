// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/faults/fault_chain.h"
#include "app/relay/faults/fault_random.h"
#include "tests/testcase.h"

#include <QJsonDocument>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// What came out of a chain, and when, by a clock of the test's own.
struct FaultTape final : FaultChain::Owner {
    struct Piece {
        QByteArray bytes;
        FaultTime at;
        friend bool operator==(const Piece&, const Piece&) = default;
    };

    explicit FaultTape(const QString& specs, quint64 seed = 1, Transport transport = Transport::Tcp)
    {
        plan = planOf(specs, seed, transport);
        chain.set(plan, 0, now);
    }

    static FaultPlanPtr planOf(const QString& specs, quint64 seed, Transport transport = Transport::Tcp)
    {
        FaultPlan made;
        made.seed = seed;
        made.transport = transport;
        FaultList list;
        for (const QString& spec : specs.split(u' ', Qt::SkipEmptyParts)) {
            FaultSettings fault;
            if (const QString wrong = readFault(spec, fault); !wrong.isEmpty()) {
                qFatal("%s", qPrintable(wrong));
            }
            list.append(fault);
        }
        if (const QString wrong = made.take(list, {}); !wrong.isEmpty()) {
            qFatal("%s", qPrintable(wrong));
        }
        return std::make_shared<const FaultPlan>(std::move(made));
    }

    void passOn(QByteArrayView bytes, qint64 end) override
    {
        pieces.append({ bytes.toByteArray(), now });
        upTo = end;
    }
    void passEnd() override { endAt = now; }
    void closeAll() override { closedAt = now; }
    void resetAll() override { resetAt = now; }
    void struck(const PlannedFault& fault, const FaultStrike& strike) override
    {
        fault.strikes->fetch_add(1);
        strikes.append({ fault.settings.kind, strike.offset, strike.size, strike.detail });
    }

    void give(const QByteArray& bytes) { chain.bytes(bytes, now); }
    /// Lets the time pass, and wakes the chain whenever it wants to be.
    void pass(FaultTime time)
    {
        const FaultTime until = now + time;
        for (auto due = chain.due(); due && *due <= until; due = chain.due()) {
            now = std::max(now, *due);
            chain.wake(now);
        }
        now = until;
    }
    [[nodiscard]] QByteArray all() const
    {
        QByteArray result;
        for (const Piece& piece : pieces) {
            result += piece.bytes;
        }
        return result;
    }

    struct Strike {
        QString kind;
        qint64 offset;
        qint64 size;
        QJsonObject detail;
        friend bool operator==(const Strike&, const Strike&) = default;
    };

    FaultTime now { 0 };
    FaultPlanPtr plan;
    FaultChain chain { *this, 1, Direction::Out };
    QList<Piece> pieces;
    QList<Strike> strikes;
    qint64 upTo = 0;
    std::optional<FaultTime> endAt;
    std::optional<FaultTime> closedAt;
    std::optional<FaultTime> resetAt;
};

QByteArray numbered(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * 7 + i / 251);
    }
    return bytes;
}

} // namespace

class TestFaults : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void latencyDoesNotAddUp();
    void jitterKeepsTheOrder();
    void bandwidthTakesItsTime();
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
    void oneSeedOneRun_data();
    void oneSeedOneRun();
    void oneFaultFeedsTheNext();
    void toxicityIsDrawnForEachConnection();
    void aFaultThatGoesLetsGo();
    void aFaultThatStaysGoesOn();
    void faultsLookOneWay();
    void allHeldIsBounded_data();
    void allHeldIsBounded();
    void wordsAreRead_data();
    void wordsAreRead();
    void whatCannotBeIsSaid_data();
    void whatCannotBeIsSaid();
    void everyKindIsWhole();
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

void TestFaults::oneSeedOneRun_data()
{
    QTest::addColumn<QString>("specs");
    QTest::newRow("latency") << QStringLiteral("latency:latency=20,jitter=19");
    QTest::newRow("slicer") << QStringLiteral("slicer:average_size=20,size_variation=19,delay=100");
    QTest::newRow("packet_loss") << QStringLiteral("packet_loss:loss_rate=0.5");
    QTest::newRow("retransmit") << QStringLiteral("retransmit:loss=0.3,rto=10");
    QTest::newRow("corrupt") << QStringLiteral("corrupt:rate=0.05");
    QTest::newRow("several") << QStringLiteral("latency:latency=5,jitter=4 corrupt:rate=0.1 packet_loss:loss_rate=0.2");
}

void TestFaults::oneSeedOneRun()
{
    QFETCH(const QString, specs);
    const auto run = [&specs](quint64 seed) {
        auto tape = std::make_unique<FaultTape>(specs, seed);
        for (int i = 0; i < 50; ++i) {
            tape->give(numbered(100 + i));
            tape->pass(1ms);
        }
        tape->pass(1h);
        return tape;
    };
    const auto first = run(7);
    const auto second = run(7);
    const auto other = run(8);
    QCOMPARE(first->pieces, second->pieces);
    QCOMPARE(first->strikes, second->strikes);
    QVERIFY(first->pieces != other->pieces);
}

void TestFaults::oneFaultFeedsTheNext()
{
    FaultTape tape(QStringLiteral("latency:latency=10 limit_data:bytes=3"));
    tape.give("abcdef");
    tape.pass(9ms);
    QVERIFY(!tape.closedAt);
    tape.pass(1ms);
    QCOMPARE(tape.all(), "abc");
    QCOMPARE(tape.closedAt, FaultTime(10ms));
    QVERIFY(!tape.chain.due());
}

void TestFaults::toxicityIsDrawnForEachConnection()
{
    FaultTape tape({});
    const FaultPlanPtr plan = FaultTape::planOf(QStringLiteral("timeout:toxicity=0.3"), 3);
    int struck = 0;
    constexpr int many = 1000;
    for (quint32 id = 1; id <= many; ++id) {
        FaultChain chain(tape, id, Direction::Out);
        chain.set(plan, 0, 0ms);
        struck += chain.isEmpty() ? 0 : 1;
    }
    QVERIFY2(struck > many / 4 && struck < many * 35 / 100, qPrintable(QString::number(struck)));
}

void TestFaults::aFaultThatGoesLetsGo()
{
    FaultTape tape(QStringLiteral("latency:latency=60000 slicer:average_size=2"));
    tape.give("abcd");
    tape.chain.end(tape.now);
    QVERIFY(tape.pieces.isEmpty());
    tape.chain.set(FaultTape::planOf(QStringLiteral("slicer:average_size=2"), 1), 4, tape.now);
    tape.pass(0ms);
    QCOMPARE(tape.all(), "abcd");
    QCOMPARE(tape.pieces.size(), 2); // the slicer is still there
    QVERIFY(tape.endAt);
}

void TestFaults::aFaultThatStaysGoesOn()
{
    FaultTape tape(QStringLiteral("limit_data:bytes=4"));
    tape.give("abc");
    tape.chain.set(FaultTape::planOf(QStringLiteral("limit_data:bytes=4 latency"), 1), 3, tape.now);
    tape.give("de");
    QCOMPARE(tape.all(), "abcd");
    QVERIFY(tape.closedAt);
}

void TestFaults::faultsLookOneWay()
{
    FaultTape tape({});
    const auto countOf = [&tape](Direction direction, const QString& spec) {
        FaultChain chain(tape, 1, direction);
        chain.set(FaultTape::planOf(spec, 1), 0, 0ms);
        return chain.isEmpty() ? 0 : 1;
    };
    QCOMPARE(countOf(Direction::Out, QStringLiteral("timeout")), 1);
    QCOMPARE(countOf(Direction::In, QStringLiteral("timeout")), 0);
    QCOMPARE(countOf(Direction::In, QStringLiteral("timeout:stream=upstream")), 1);
    QCOMPARE(countOf(Direction::Out, QStringLiteral("timeout:stream=upstream")), 0);
    QCOMPARE(countOf(Direction::In, QStringLiteral("timeout:stream=both")), 1);
    QCOMPARE(countOf(Direction::Out, QStringLiteral("timeout:stream=both")), 1);
}

void TestFaults::allHeldIsBounded_data()
{
    QTest::addColumn<QString>("spec");
    QTest::newRow("latency") << QStringLiteral("latency:latency=60000");
    QTest::newRow("bandwidth") << QStringLiteral("bandwidth:rate=1");
    QTest::newRow("slicer") << QStringLiteral("slicer:average_size=1,delay=1000000");
    QTest::newRow("retransmit") << QStringLiteral("retransmit:loss=1,rto=1000");
}

/// Whoever reads asks first whether there is room.
void TestFaults::allHeldIsBounded()
{
    QFETCH(const QString, spec);
    FaultTape tape(spec);
    const QByteArray piece(64 * 1024, 'x');
    int given = 0;
    while (!tape.chain.isFull() && given < 1000) {
        tape.give(piece);
        ++given;
    }
    QVERIFY2(given <= 128, qPrintable(QString::number(given)));
}

void TestFaults::wordsAreRead_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<FaultStream>("stream");
    QTest::addColumn<double>("toxicity");
    QTest::addColumn<QString>("attributes");
    QTest::newRow("nothing but a name") << "timeout" << FaultStream::Downstream << 1.0 << "{}";
    QTest::newRow("numbers") << "latency:latency=300,jitter=20" << FaultStream::Downstream << 1.0
                             << R"({"jitter":20,"latency":300})";
    QTest::newRow("for all") << "connect:refuse=true,stream=both,toxicity=0.5" << FaultStream::Both << 0.5
                             << R"({"refuse":true})";
    QTest::newRow("upstream") << "bandwidth:rate=10,stream=upstream" << FaultStream::Upstream << 1.0
                              << R"({"rate":10})";
}

void TestFaults::wordsAreRead()
{
    QFETCH(const QString, spec);
    FaultSettings fault;
    QCOMPARE(readFault(spec, fault), QString());
    QTEST(fault.stream, "stream");
    QTEST(fault.toxicity, "toxicity");
    QTEST(QString::fromUtf8(QJsonDocument(fault.attributes).toJson(QJsonDocument::Compact)), "attributes");
    FaultSettings again;
    QCOMPARE(readFault(writeFault(fault), again), QString());
    QCOMPARE(again, fault);
}

void TestFaults::whatCannotBeIsSaid_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such fault") << "latancy"
                                   << "latancy";
    QTest::newRow("no such key") << "latency:delay=3"
                                 << "delay";
    QTest::newRow("no value") << "latency:latency"
                              << "key=value";
    QTest::newRow("out of range") << "latency:latency=-1"
                                  << "from 0 to";
    QTest::newRow("no number") << "bandwidth:rate=fast"
                               << "rate";
    QTest::newRow("no whole number") << "limit_data:bytes=1.5"
                                     << "whole";
    QTest::newRow("no flag") << "connect:refuse=1"
                             << "true or false";
    QTest::newRow("no stream") << "timeout:stream=sideways"
                               << "sideways";
    QTest::newRow("too toxic") << "timeout:toxicity=2"
                               << "toxicity";
    QTest::newRow("not a number") << "timeout:toxicity=nan"
                                  << "toxicity";
}

void TestFaults::whatCannotBeIsSaid()
{
    QFETCH(const QString, spec);
    QFETCH(const QString, says);
    FaultSettings fault;
    QString wrong = readFault(spec, fault);
    if (wrong.isEmpty()) {
        wrong = checkFault(fault, Transport::Tcp);
    }
    QVERIFY2(wrong.contains(says), qPrintable(wrong));
}

void TestFaults::everyKindIsWhole()
{
    for (const FaultKind& kind : faultKinds()) {
        QVERIFY2(!kind.sentence().isEmpty(), kind.id.data());
        QVERIFY2(kind.onStreams || kind.onDatagrams, kind.id.data());
        FaultSettings fault;
        fault.kind = kind.id;
        QCOMPARE(checkFault(fault, kind.onStreams ? Transport::Tcp : Transport::Udp), QString());
        QVERIFY(
            kind.make != nullptr || kind.id == QLatin1StringView("down") || kind.id == QLatin1StringView("connect"));
    }
}

SOCKEYE_TEST(TestFaults)
#include "tst_faults.moc"
