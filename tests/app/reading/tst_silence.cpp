// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/silence_queue.h"
#include "app/reading/stream_decoder.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTest>

using namespace sockeye;

/// Protocols whose messages end where nothing comes for a while.
class TestSilence : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void endsMessages();
    void countsByTimes();
    void queue();
};

/// Messages that end with silence: by their times, in the order of time, and while nothing more comes.
void TestSilence::endsMessages()
{
    const auto protocol = protocolFromName(u"idle:ms=20");
    QVERIFY(protocol);
    CaptureOptions options;
    options.protocol = *protocol;
    const auto capture = Capture::create(options);
    CaptureWriter writer(capture);
    writer.opened(1, factsFor(20'001));
    writer.opened(2, factsFor(20'002));
    writer.chunk(1, Direction::In, "ab");
    writer.chunk(1, Direction::In, "c");
    writer.chunk(2, Direction::In, "xy");
    writer.flush();
    // Nothing follows: the capture's own clock ends them.
    QTRY_COMPARE(capture->messageCount(), 2);
    QCOMPARE(capture->message(0).size, 3);
    QCOMPARE(capture->message(1).size, 2);
    QVERIFY(capture->message(0).time <= capture->message(1).time);
    const auto connection = capture->connection(1);
    QVERIFY(connection && !connection->waitingIn.isWithin() && connection->messagesIn == 1);
    writer.chunk(1, Direction::In, "de");
    writer.closed(1, CloseKind::Orderly);
    writer.closed(2, CloseKind::Orderly);
    writer.flush();
    capture->waitUntilIdle();
    QCOMPARE(capture->messageCount(), 3);
    QCOMPARE(capture->message(2).size, 2);
}

/// By the times of events alone, whatever the clock says.
void TestSilence::countsByTimes()
{
    constexpr qint64 millisecond = 1'000'000;
    const auto protocol = protocolFromName(u"idle:ms=20");
    QVERIFY(protocol);
    StreamDecoder decoder(*protocol, {});
    Frames frames;
    (void)decoder.feed("ab", frames, 100 * millisecond);
    QCOMPARE(decoder.silentAt(), 120 * millisecond);
    (void)decoder.feed("c", frames, 119 * millisecond);
    QCOMPARE(decoder.silentAt(), 139 * millisecond);
    decoder.silence(frames);
    QCOMPARE(frames.size(), 1U);
    QCOMPARE(frames.front().size, 3);
    QCOMPARE(decoder.silentAt(), 0);
}

/// One place a key, asked again as long as something is open.
void TestSilence::queue()
{
    SilenceQueue<int> queue;
    QVERIFY(queue.isEmpty());
    queue.listen(1, 10);
    queue.listen(1, 5); // is there already
    queue.listen(2, 20);
    QList<int> asked;
    const auto tell = [&](qint64 until, qint64 next) {
        return queue.tell(until, [&](int key) {
            asked.append(key);
            return next;
        });
    };
    QCOMPARE(tell(9, 0), 10);
    QCOMPARE(asked, QList<int>());
    QCOMPARE(tell(15, 30), 20);
    QCOMPARE(asked, QList<int>({ 1 }));
    QCOMPARE(tell(40, 0), 0);
    QCOMPARE(asked, QList<int>({ 1, 2, 1 }));
    QVERIFY(queue.isEmpty());
}

SOCKEYE_TEST(TestSilence)
#include "tst_silence.moc"
