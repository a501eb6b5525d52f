// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What all faults have in common: their words, what they draw, and that each feeds the next.

#include "tests/app/relay/fault_tape.h"
#include "tests/testcase.h"

#include <QJsonDocument>
#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

class TestFaultChain : public TestCase {
    Q_OBJECT

private Q_SLOTS:
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

void TestFaultChain::oneSeedOneRun_data()
{
    QTest::addColumn<QString>("specs");
    QTest::newRow("latency") << QStringLiteral("latency:latency=20,jitter=19");
    QTest::newRow("slicer") << QStringLiteral("slicer:average_size=20,size_variation=19,delay=100");
    QTest::newRow("packet_loss") << QStringLiteral("packet_loss:loss_rate=0.5");
    QTest::newRow("retransmit") << QStringLiteral("retransmit:loss=0.3,rto=10");
    QTest::newRow("corrupt") << QStringLiteral("corrupt:rate=0.05");
    QTest::newRow("several") << QStringLiteral(
        "latency:latency=5,jitter=4\ncorrupt:rate=0.1\npacket_loss:loss_rate=0.2");
}

void TestFaultChain::oneSeedOneRun()
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

void TestFaultChain::oneFaultFeedsTheNext()
{
    FaultTape tape(QStringLiteral("latency:latency=10\nlimit_data:bytes=3"));
    tape.give("abcdef");
    tape.pass(9ms);
    QVERIFY(!tape.closedAt);
    tape.pass(1ms);
    QCOMPARE(tape.all(), "abc");
    QCOMPARE(tape.closedAt, FaultTime(10ms));
    QVERIFY(!tape.chain.due());
}

void TestFaultChain::toxicityIsDrawnForEachConnection()
{
    FaultTape tape({});
    const FaultPlanPtr plan = FaultTape::planOf(QStringLiteral("timeout:toxicity=0.3"), 3);
    int struck = 0;
    constexpr int many = 1000;
    for (quint32 id = 1; id <= many; ++id) {
        FaultChain chain(tape, id, Direction::Out, {});
        chain.set(plan, 0, 0ms);
        struck += chain.isEmpty() ? 0 : 1;
    }
    QVERIFY2(struck > many / 4 && struck < many * 35 / 100, qPrintable(QString::number(struck)));
}

void TestFaultChain::aFaultThatGoesLetsGo()
{
    FaultTape tape(QStringLiteral("latency:latency=60000\nslicer:average_size=2"));
    tape.give("abcd");
    tape.chain.end(tape.now);
    QVERIFY(tape.pieces.isEmpty());
    tape.chain.set(FaultTape::planOf(QStringLiteral("slicer:average_size=2"), 1), 4, tape.now);
    tape.pass(0ms);
    QCOMPARE(tape.all(), "abcd");
    QCOMPARE(tape.pieces.size(), 2); // the slicer is still there
    QVERIFY(tape.endAt);
}

void TestFaultChain::aFaultThatStaysGoesOn()
{
    FaultTape tape(QStringLiteral("limit_data:bytes=4"));
    tape.give("abc");
    tape.chain.set(FaultTape::planOf(QStringLiteral("limit_data:bytes=4\nlatency"), 1), 3, tape.now);
    tape.give("de");
    QCOMPARE(tape.all(), "abcd");
    QVERIFY(tape.closedAt);
}

void TestFaultChain::faultsLookOneWay()
{
    FaultTape tape({});
    const auto countOf = [&tape](Direction direction, const QString& spec) {
        FaultChain chain(tape, 1, direction, {});
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

void TestFaultChain::allHeldIsBounded_data()
{
    QTest::addColumn<QString>("spec");
    QTest::newRow("latency") << QStringLiteral("latency:latency=60000");
    QTest::newRow("bandwidth") << QStringLiteral("bandwidth:rate=1");
    QTest::newRow("shared bandwidth") << QStringLiteral("bandwidth:rate=1,shared=true");
    QTest::newRow("slicer") << QStringLiteral("slicer:average_size=1,delay=1000000");
    QTest::newRow("retransmit") << QStringLiteral("retransmit:loss=1,rto=1000");
}

/// Whoever reads asks first whether there is room.
void TestFaultChain::allHeldIsBounded()
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

void TestFaultChain::wordsAreRead_data()
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

void TestFaultChain::wordsAreRead()
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

void TestFaultChain::whatCannotBeIsSaid_data()
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

void TestFaultChain::whatCannotBeIsSaid()
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

void TestFaultChain::everyKindIsWhole()
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

SOCKEYE_TEST(TestFaultChain)
#include "tst_fault_chain.moc"
