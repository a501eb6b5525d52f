// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_words.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

class TestLaneWords : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void tellsOfMessages_data();
    void tellsOfMessages();
    void tellsOfCalls_data();
    void tellsOfCalls();
    void tellsOfMany();
    void tellsPauses_data();
    void tellsPauses();
    void labelsAreTheLongestFirst();
};

void TestLaneWords::tellsOfMessages_data()
{
    QTest::addColumn<MessageFacts>("facts");
    QTest::addColumn<QString>("in");
    QTest::addColumn<QString>("out");
    constexpr qint64 ms = 1'000'000;
    MessageFacts facts;
    QTest::newRow("nothing known") << facts << "This message has 146 bytes."
                                   << "This message has 146 bytes.";
    facts.calls = 1;
    facts.together = 1;
    facts.place = 1;
    QTest::newRow("alone") << facts << "This message came in one read of its own."
                           << "This message went out in one write of its own.";
    facts.withParts = true;
    QTest::newRow("with a part of another") << facts << "This message came in one read, with a part of another."
                                            << "This message went out in one write, with a part of another.";
    facts.withParts = false;
    facts.together = 2;
    facts.place = 2;
    QTest::newRow("glued") << facts << "2 messages came in one read. This is number 2 of them."
                           << "2 messages went out in one write. This is number 2 of them.";
    facts = {};
    facts.calls = 3;
    facts.leastPause = 40 * ms;
    facts.greatestPause = 40 * ms;
    QTest::newRow("straddles") << facts << "This message came in 3 reads, 40 ms apart."
                               << "This message went out in 3 writes, 40 ms apart.";
    facts.leastPause = 2 * ms;
    QTest::newRow("unevenly") << facts << "This message came in 3 reads, 2.0 ms to 40 ms apart."
                              << "This message went out in 3 writes, 2.0 ms to 40 ms apart.";
    facts.calls = 100'000;
    facts.leastPause = -1;
    QTest::newRow("in very many") << facts << "This message came in 100,000 reads, within 40 ms."
                                  << "This message went out in 100,000 writes, within 40 ms.";
    facts.calls = 2;
    facts.leastPause = 40 * ms;
    facts.sharesFirst = true;
    QTest::newRow("shares the first")
        << facts
        << "This message came in 2 reads, 40 ms apart. The first of these reads carried what was before it, too."
        << "This message went out in 2 writes, 40 ms apart. The first of these writes carried what was before it, too.";
    facts.sharesLast = true;
    QTest::newRow("shares both")
        << facts
        << "This message came in 2 reads, 40 ms apart. The first of these reads ended what was "
           "before it, the last began what follows."
        << "This message went out in 2 writes, 40 ms apart. The first of these writes ended "
           "what was before it, the last began what follows.";
    facts = {};
    facts.calls = 1;
    facts.lost = true;
    QTest::newRow("not whole in the capture") << facts << "Some bytes of this message are missing in the capture."
                                              << "Some bytes of this message are missing in the capture.";
}

void TestLaneWords::tellsOfMessages()
{
    QFETCH(const MessageFacts, facts);
    LaneBox box;
    box.size = 146;
    box.message = facts;
    QTEST(laneSentence(box, LaneKind::Messages, Direction::In, 0), "in");
    QTEST(laneSentence(box, LaneKind::Messages, Direction::Out, 0), "out");
}

void TestLaneWords::tellsOfCalls_data()
{
    QTest::addColumn<CallFacts>("facts");
    QTest::addColumn<QString>("in");
    const auto facts = [](qsizetype whole, bool ends, bool begins) {
        CallFacts made;
        made.whole = whole;
        made.endsOne = ends;
        made.beginsOne = begins;
        return made;
    };
    QTest::newRow("one") << facts(1, false, false)
                         << "This read carried one whole message. The read has 52 bytes, at 0.012345 s.";
    QTest::newRow("two") << facts(2, false, false)
                         << "2 messages came in one read. The read has 52 bytes, at 0.012345 s.";
    QTest::newRow("end") << facts(0, true, false)
                         << "This read carried the end of a message. The read has 52 bytes, at 0.012345 s.";
    QTest::newRow("end and beginning") << facts(0, true, true)
                                       << "This read carried the end of one message and the beginning of the next. The "
                                          "read has 52 bytes, at 0.012345 s.";
    QTest::newRow("end, whole ones, beginning") << facts(3, true, true)
                                                << "This read carried the end of one message, 3 whole between, and the "
                                                   "beginning of another. The read has 52 bytes, at "
                                                   "0.012345 s.";
    QTest::newRow("end and one") << facts(1, true,
        false) << "This read carried the end of one message and a whole one. The read has 52 bytes, at 0.012345 s.";
    QTest::newRow("two and a beginning")
        << facts(2, false, true)
        << "This read carried 2 whole messages and the beginning of another. The read has 52 bytes, at 0.012345 s.";
    QTest::newRow("no message yet") << facts(0, false, true)
                                    << "This read carried no whole message yet. The read has 52 bytes, at 0.012345 s.";
    CallFacts part;
    part.isPart = true;
    part.of = 1146;
    QTest::newRow("part") << part << "This read carried a part of one message, 52 of 1,146 bytes, at 0.012345 s.";
    CallFacts lost;
    lost.lost = true;
    QTest::newRow("gap") << lost << "52 bytes are missing here: the capture does not have them.";
}

void TestLaneWords::tellsOfCalls()
{
    QFETCH(const CallFacts, facts);
    LaneBox box;
    box.size = 52;
    box.time = 5'012'345'678;
    box.call = facts;
    QTEST(laneSentence(box, LaneKind::Calls, Direction::In, 5'000'000'000), "in");
}

void TestLaneWords::tellsOfMany()
{
    LaneBox box;
    box.count = 12'345;
    QCOMPARE(laneSentence(box, LaneKind::Calls, Direction::Out, 0),
        QStringLiteral("12,345 writes lie here, too close together to be drawn each."));
    box.isAbout = true;
    QCOMPARE(laneSentence(box, LaneKind::Calls, Direction::In, 0),
        QStringLiteral("About 12,345 reads lie here, too close together to be drawn each."));
    box.isAbout = false;
    box.isBad = true;
    QCOMPARE(laneSentence(box, LaneKind::Messages, Direction::In, 0),
        QStringLiteral("12,345 messages lie here, too close together to be drawn each. Some of them are bad."));
    box.count = 2;
    box.message.together = 2; // at one moment, however near one looks
    QCOMPARE(laneSentence(box, LaneKind::Messages, Direction::In, 0), QStringLiteral("2 messages came in one read."));
}

void TestLaneWords::tellsPauses_data()
{
    QTest::addColumn<qint64>("pause");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64 { 0 } << "0 ns";
    QTest::newRow("negative") << qint64 { -5 } << "0 ns";
    QTest::newRow("nanoseconds") << qint64 { 999 } << "999 ns";
    QTest::newRow("microseconds") << qint64 { 3'200 } << "3.2 µs";
    QTest::newRow("just under") << qint64 { 999'950 } << "1.0 ms";
    QTest::newRow("milliseconds") << qint64 { 40'300'000 } << "40 ms";
    QTest::newRow("seconds") << qint64 { 1'500'000'000 } << "1.5 s";
    QTest::newRow("hours") << qint64 { 7'200'000'000'000 } << "7,200 s";
}

void TestLaneWords::tellsPauses()
{
    QFETCH(const qint64, pause);
    QTEST(pauseText(pause), "text");
}

void TestLaneWords::labelsAreTheLongestFirst()
{
    LaneBox box;
    box.size = 146;
    box.message.calls = 3;
    box.call.whole = 2;
    for (const QStringList& texts : { messageTexts(box, Direction::In, QStringLiteral("search morpheus")),
             messageTexts(box, Direction::Out, {}), callTexts(box, Direction::In, 0) }) {
        QVERIFY(texts.size() > 1);
        for (qsizetype i = 1; i < texts.size(); ++i) {
            QVERIFY(texts[i].size() <= texts[i - 1].size());
        }
        QCOMPARE(texts.last(), QStringLiteral("146"));
    }
}

SOCKEYE_TEST(TestLaneWords)
#include "tst_lane_words.moc"
