// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_reader.h"
#include "app/ladder/ladder_words.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTest>

#include <limits>

using namespace sockeye;

class TestLadderWords : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void tellsSentences_data();
    void tellsSentences();
    void barsGrowWithSize();
};

void TestLadderWords::tellsSentences_data()
{
    QTest::addColumn<LadderKind>("kind");
    QTest::addColumn<bool>("toServer");
    QTest::addColumn<QString>("expected");
    QTest::newRow("open") << LadderKind::Opened << true
                          << "The client 127.0.0.1:40001 connected to 127.0.0.1:65432, at 0.250000 s.";
    QTest::newRow("message") << LadderKind::Message << true
                             << "The client 127.0.0.1:40001 sent 52 bytes to 127.0.0.1:65432, at 0.250000 s: words. "
                                "It came in one read of its own.";
    QTest::newRow("reply") << LadderKind::Message << false
                           << "The server 127.0.0.1:65432 sent 52 bytes to 127.0.0.1:40001, at 0.250000 s: words. It "
                              "went out in one write of its own.";
    QTest::newRow("bad") << LadderKind::BadMessage << true
                         << "The client 127.0.0.1:40001 sent 52 bytes to 127.0.0.1:65432 that are no message, at "
                            "0.250000 s: words It came in one read of its own.";
    QTest::newRow("gap") << LadderKind::Missing << true
                         << "Here 52 bytes from 127.0.0.1:40001 to 127.0.0.1:65432 are missing in the capture, at "
                            "0.250000 s. words";
    QTest::newRow("error") << LadderKind::Error << true << "Error at 0.250000 s: words";
    QTest::newRow("retransmission") << LadderKind::Retransmission << false
                                    << "The server 127.0.0.1:65432 sent a segment again, at 0.250000 s. words";
    QTest::newRow("half-close") << LadderKind::Finished << true
                                << "The client 127.0.0.1:40001 ended its stream (FIN) at 0.250000 s: it sends no more, "
                                   "and still receives.";
    QTest::newRow("closed") << LadderKind::Closed << true
                            << "The connection of 127.0.0.1:40001 and 127.0.0.1:65432 is closed, at 0.250000 s: both "
                               "sides were done.";
    QTest::newRow("reset") << LadderKind::Reset << false
                           << "The server 127.0.0.1:65432 reset the connection (RST) at 0.250000 s: what was under way "
                              "is lost.";
    QTest::newRow("lost") << LadderKind::Lost << true
                          << "The connection of 127.0.0.1:40001 and 127.0.0.1:65432 failed, at 0.250000 s. words";
    QTest::newRow("pause") << LadderKind::Pause << true << "For 1.2 s nothing happened here.";
}

void TestLadderWords::tellsSentences()
{
    QFETCH(const LadderKind, kind);
    QFETCH(const bool, toServer);
    LadderStep step;
    step.kind = kind;
    step.facts = factsFor(40'001);
    step.toServer = toServer;
    step.direction = toServer ? Direction::In : Direction::Out;
    step.isHalf = true;
    step.time = 1'250'000'000;
    step.size = 52;
    step.pause = 1'200'000'000;
    step.text = QStringLiteral("words");
    step.calls.count = 1;
    QTEST(ladderSentence(step, 1'000'000'000), "expected");
}

void TestLadderWords::barsGrowWithSize()
{
    int before = 0;
    for (const qint64 size : { 1LL, 10LL, 100LL, 1000LL }) {
        QVERIFY(ladderBarWidth(size) > before);
        before = ladderBarWidth(size);
    }
    QCOMPARE(ladderBarWidth(0), ladderBarWidth(1));
    QVERIFY(ladderBarWidth(std::numeric_limits<qint64>::max()) <= 160);
}

SOCKEYE_TEST(TestLadderWords)
#include "tst_ladder_words.moc"
