// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/batch_merger.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sockeye;

/// Events of several writers appear in the order of time, not in that of handing over.
class TestCaptureOrder : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit()); }

    void merges_data();
    void merges();
    void laterWriterHandsOverFirst();
    void silentWriterHoldsNobodyUp();
    void writerThatLeftHoldsNobodyUp();

private:
    QTemporaryDir m_cache;
};

namespace {

using Times = QList<qint64>;
using Lanes = QList<QList<Times>>; ///< of each writer: its batches, of each: its events

std::unique_ptr<WriterBatch> batchOf(const Times& times)
{
    auto batch = std::make_unique<WriterBatch>();
    for (const qint64 time : times) {
        WriterBatch::Entry entry {};
        entry.time = time;
        batch->append(entry);
    }
    return batch;
}

/// Takes what is due, and counts the batches given back.
Times take(BatchMerger& merger, qint64 bound, int& given)
{
    Times taken;
    while (const auto run = merger.next(bound)) {
        qsizetype position = run->begin;
        while (position < run->batch->used() && run->batch->timeAt(position) <= run->until) {
            taken.append(run->batch->timeAt(position));
            WriterBatch::Entry entry {};
            QByteArrayView payload;
            position = run->batch->read(position, entry, payload);
        }
        given += merger.advance(position) ? 1 : 0;
    }
    return taken;
}

/// Whatever was handed over to the one thread of all captures has been looked at.
void letCaptureThreadWork()
{
    const auto other = Capture::create({});
    other->waitUntilIdle();
    other->waitUntilIdle(); // what came with the first one's work is dealt with after that
}

} // namespace

void TestCaptureOrder::merges_data()
{
    QTest::addColumn<Lanes>("lanes");
    QTest::addColumn<qint64>("bound");
    QTest::addColumn<Times>("first");
    QTest::addColumn<Times>("rest");

    QTest::newRow("nothing") << Lanes {} << qint64(9) << Times {} << Times {};
    QTest::newRow("one writer") << Lanes { { { 1, 2 }, { 3 } } } << qint64(9) << Times { 1, 2, 3 } << Times {};
    QTest::newRow("one writer, cut") << Lanes { { { 1, 2 }, { 3 } } } << qint64(1) << Times { 1 } << Times { 2, 3 };
    QTest::newRow("turn by turn") << Lanes { { { 1, 3, 5 } }, { { 2, 4, 6 } } } << qint64(4) << Times { 1, 2, 3, 4 }
                                  << Times { 5, 6 };
    QTest::newRow("later first") << Lanes { { { 7, 8 } }, { { 1, 2 } } } << qint64(9) << Times { 1, 2, 7, 8 }
                                 << Times {};
    QTest::newRow("batches of both") << Lanes { { { 1 }, { 4, 9 } }, { { 2, 3 }, { 5 } }, { { 6 } } } << qint64(5)
                                     << Times { 1, 2, 3, 4, 5 } << Times { 6, 9 };
    QTest::newRow("equal times") << Lanes { { { 1, 2, 2 } }, { { 2, 3 } } } << qint64(2) << Times { 1, 2, 2, 2 }
                                 << Times { 3 };
    QTest::newRow("nothing due") << Lanes { { { 5 } }, { { 6 } } } << qint64(4) << Times {} << Times { 5, 6 };
}

void TestCaptureOrder::merges()
{
    QFETCH(const Lanes, lanes);
    QFETCH(const qint64, bound);
    BatchMerger merger;
    int batches = 0;
    for (const auto& chunksOfLane : lanes) {
        const auto lane = std::make_shared<WriterLane>();
        for (const Times& times : chunksOfLane) {
            merger.add(lane, batchOf(times));
            ++batches;
        }
    }
    int given = 0;
    QTEST(take(merger, bound, given), "first");
    QTEST(take(merger, WriterLane::nothing, given), "rest");
    QCOMPARE(given, batches);
    QVERIFY(merger.isEmpty());
}

void TestCaptureOrder::laterWriterHandsOverFirst()
{
    const auto seen = std::make_shared<EventList>();
    CaptureOptions options;
    options.observer = seen;
    const auto capture = Capture::create(options);
    CaptureWriter early(capture);
    CaptureWriter late(capture);
    early.note(0, QStringLiteral("first"));
    late.note(0, QStringLiteral("second"));
    early.note(0, QStringLiteral("third"));
    late.flush();
    letCaptureThreadWork();
    QCOMPARE(capture->messageCount(), 0);
    early.flush();
    capture->waitUntilIdle();
    QCOMPARE(seen->lines,
        QStringList(
            { QStringLiteral("note 0 first"), QStringLiteral("note 0 second"), QStringLiteral("note 0 third") }));
    QCOMPARE(capture->text(capture->message(1).text), QStringLiteral("second"));
}

void TestCaptureOrder::silentWriterHoldsNobodyUp()
{
    CaptureOptions options;
    const auto capture = Capture::create(options);
    CaptureWriter silent(capture);
    CaptureWriter busy(capture);
    silent.note(0, QStringLiteral("kept for long"));
    busy.note(0, QStringLiteral("shown"));
    busy.flush();
    QTRY_COMPARE(capture->messageCount(), 1);
    QCOMPARE(capture->text(capture->message(0).text), QStringLiteral("shown"));
    silent.flush();
    QTRY_COMPARE(capture->messageCount(), 2);
}

void TestCaptureOrder::writerThatLeftHoldsNobodyUp()
{
    CaptureOptions options;
    const auto capture = Capture::create(options);
    CaptureWriter busy(capture);
    {
        CaptureWriter other(capture);
        other.note(0, QStringLiteral("last words"));
    }
    busy.note(0, QStringLiteral("shown"));
    busy.flush();
    QTRY_COMPARE(capture->messageCount(), 2);
    QCOMPARE(capture->text(capture->message(0).text), QStringLiteral("last words"));
}

SOCKEYE_TEST(TestCaptureOrder)
#include "tst_capture_order.moc"
