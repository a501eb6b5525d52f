// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults of whole messages, and those that a filter binds to some of them.

#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/relay/fault_tape.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

/// Lines, so that what passes can be read.
struct LineTape : FaultTape {
    explicit LineTape(const QString& specs, quint64 seed = 1)
        : FaultTape(specs, seed, Transport::Tcp, linesProtocol())
    {
    }
};

} // namespace

class TestMessageFaults : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreStruckWhole_data();
    void messagesAreStruckWhole();
    void theyComeInAnyPieces_data() { messagesAreStruckWhole_data(); }
    void theyComeInAnyPieces();
    void onlyWhatMatchesIsStruck();
    void whatDoesNotMatchKeepsItsPlace();
    void whatIsLostHoldsNothingBack();
    void toxicityIsDrawnForEachMessage();
    void fieldsOfTheProtocolAreKnown();
    void whatIsNoMessagePasses();
    void aMessageThatIsTooLongPasses();
    void anUnfinishedMessageWaits();
    void theEndComesLast();
    void aFaultThatGoesLetsTheUnfinishedGo();
    void datagramsAreMessages();
    void filtersAreChecked();
};

void TestMessageFaults::messagesAreStruckWhole_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("passed");
    QTest::newRow("drop") << "drop" << QByteArray();
    QTest::newRow("repeat") << "repeat" << QByteArray("a\na\nbb\nbb\nccc\nccc\ndddd\ndddd\n");
    QTest::newRow("cut") << "cut:at=1" << QByteArray("abcd");
    QTest::newRow("cut to nothing") << "cut:at=0" << QByteArray();
    QTest::newRow("reordered") << "reorder_messages" << QByteArray("bb\na\ndddd\nccc\n");
    QTest::newRow("reordered by two") << "reorder_messages:gap=2" << QByteArray("bb\nccc\na\ndddd\n");
    QTest::newRow("glued") << "glue:count=2" << QByteArray("a\nbb\nccc\ndddd\n");
    QTest::newRow("some") << "drop:where=\"size > 3\"" << QByteArray("a\nbb\n");
    QTest::newRow("none") << "drop:where=\"size > 30\"" << QByteArray("a\nbb\nccc\ndddd\n");
}

void TestMessageFaults::messagesAreStruckWhole()
{
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, passed);
    LineTape tape(spec);
    tape.give("a\nbb\nccc\ndddd\n");
    tape.pass(2s);
    QCOMPARE(tape.all(), passed);
}

void TestMessageFaults::theyComeInAnyPieces()
{
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, passed);
    LineTape tape(spec);
    for (const char byte : QByteArray("a\nbb\nccc\ndddd\n")) {
        tape.give(QByteArray(1, byte));
    }
    tape.chain.end(tape.now);
    tape.pass(2s);
    QCOMPARE(tape.all(), passed);
    QVERIFY(tape.endAt);
}

void TestMessageFaults::onlyWhatMatchesIsStruck()
{
    LineTape tape(QStringLiteral("corrupt:offset=5,where=\"text contains \"no, \"\""));
    tape.give("yes\nno, b\n");
    QCOMPARE(tape.strikes.size(), 1);
    QVERIFY(tape.all().startsWith("yes\nn"));
    QVERIFY(tape.all() != "yes\nno, b\n");
}

void TestMessageFaults::whatDoesNotMatchKeepsItsPlace()
{
    LineTape tape(QStringLiteral("latency:latency=100,where=\"text contains \"slow\"\""));
    tape.give("first\nslow one\nsecond\nslow two\n");
    QCOMPARE(tape.all(), "first\n");
    tape.pass(50ms);
    tape.give("third\n");
    QCOMPARE(tape.all(), "first\n");
    tape.pass(50ms);
    QCOMPARE(tape.all(), "first\nslow one\nsecond\nslow two\nthird\n");
    QCOMPARE(tape.strikes.size(), 2);
}

void TestMessageFaults::whatIsLostHoldsNothingBack()
{
    LineTape tape(QStringLiteral("packet_loss:loss_rate=1,where=\"text contains \"x\"\""));
    tape.give("a\nx\nb\n");
    QCOMPARE(tape.all(), "a\nb\n");
    QCOMPARE(tape.upTo, 6);
}

void TestMessageFaults::toxicityIsDrawnForEachMessage()
{
    LineTape tape(QStringLiteral("drop:toxicity=0.25"));
    constexpr int many = 2000;
    for (int i = 0; i < many; ++i) {
        tape.give("x\n");
    }
    QVERIFY2(tape.strikes.size() > many / 5 && tape.strikes.size() < many * 3 / 10,
        qPrintable(QString::number(tape.strikes.size())));
}

void TestMessageFaults::fieldsOfTheProtocolAreKnown()
{
    const ExchangeVector& vector = vectors().front();
    FaultTape tape(QStringLiteral("drop:where=\"json.result contains \"rabbit\"\""));
    tape.give(vector.reply);
    QCOMPARE(tape.all(), QByteArray());
    FaultTape other(QStringLiteral("drop:where=\"json.result contains \"hare\"\""));
    other.give(vector.reply);
    QCOMPARE(other.all(), vector.reply);
}

void TestMessageFaults::whatIsNoMessagePasses()
{
    FaultTape tape(QStringLiteral("drop"));
    const QByteArray garbage = "\xff\xff this is no message of the application protocol";
    for (const char byte : garbage) {
        tape.give(QByteArray(1, byte));
    }
    tape.chain.end(tape.now);
    QCOMPARE(tape.all(), garbage);
    QVERIFY(tape.endAt);
}

void TestMessageFaults::aMessageThatIsTooLongPasses()
{
    LineTape tape(QStringLiteral("drop"));
    const QByteArray piece(512 * 1024, 'x');
    for (int i = 0; i < 12; ++i) {
        tape.give(piece);
    }
    QVERIFY(tape.all().size() >= 6 * 1024 * 1024 - 512 * 1024);
}

void TestMessageFaults::anUnfinishedMessageWaits()
{
    LineTape tape(QStringLiteral("repeat"));
    tape.give("half");
    QCOMPARE(tape.all(), QByteArray());
    tape.give(" whole\n");
    QCOMPARE(tape.all(), "half whole\nhalf whole\n");
}

void TestMessageFaults::theEndComesLast()
{
    LineTape tape(QStringLiteral("latency:latency=100,where=\"size > 2\""));
    tape.give("slow\nx\n");
    tape.chain.end(tape.now);
    tape.pass(50ms);
    QVERIFY(!tape.endAt);
    tape.pass(50ms);
    QCOMPARE(tape.all(), "slow\nx\n");
    QCOMPARE(tape.endAt, FaultTime(100ms));
}

void TestMessageFaults::aFaultThatGoesLetsTheUnfinishedGo()
{
    LineTape tape(QStringLiteral("latency:latency=60000,where=\"size > 2\""));
    tape.give("slow\nx\nunfini");
    QCOMPARE(tape.all(), QByteArray());
    tape.chain.set(FaultTape::planOf({}, 1), 13, tape.now);
    QCOMPARE(tape.all(), "slow\nx\nunfini");
}

void TestMessageFaults::datagramsAreMessages()
{
    FaultTape tape(QStringLiteral("drop:where=\"size == 3\""), 1, Transport::Udp, linesProtocol());
    tape.give("ab");
    tape.give("abc");
    tape.give("abcd");
    const QList<FaultTape::Piece> wanted { { "ab", 0ms }, { "abcd", 0ms } };
    QCOMPARE(tape.pieces, wanted);
}

void TestMessageFaults::filtersAreChecked()
{
    FaultSettings fault;
    QCOMPARE(readFault(QStringLiteral("drop:where=\"size >\",stream=both"), fault), QString());
    QCOMPARE(fault.where, QStringLiteral("size >"));
    QCOMPARE(fault.stream, FaultStream::Both);
    FaultPlan plan;
    QVERIFY(plan.take({ fault }, {}).contains(u"filter"));
    fault.where = QStringLiteral("size > 1");
    FaultSettings again;
    QCOMPARE(readFault(writeFault(fault), again), QString());
    QCOMPARE(again, fault);
    QCOMPARE(plan.take({ fault }, {}), QString());
    fault.kind = QStringLiteral("slow_close");
    QVERIFY(checkFault(fault, Transport::Tcp).contains(u"slow_close"));
}

SOCKEYE_TEST(TestMessageFaults)
#include "tst_message_faults.moc"
