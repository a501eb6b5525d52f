// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/reading_index.h"
#include "app/reading/replay.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/app/reading/capture_help.h"
#include "tests/testcase.h"

#include <QTest>

#include <atomic>
#include <limits>

using namespace sockeye;

/// What happened is kept in order, and can be told again.
class TestReplay : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void lostBytesAreAGap();
    void orderIsKeptInFewBytes();
};

void TestReplay::lostBytesAreAGap()
{
    // What the disk and the memory could not keep: the rows stay with those who saw it, others are told of a gap.
    StreamTable streams;
    EventLog events;
    RecordedConnection& connection = streams.add(1, factsFor(40000));
    CaptureEvent event;
    event.connection = 1;
    event.time = 5;
    event.kind = EventKind::Opened;
    events.append(event, false);
    event.kind = EventKind::Chunk;
    const PayloadPiece lost { -1, 3 };
    streams.change([&] {
        connection.streams[0].append(6, { &lost, 1 });
        connection.streams[0].append(7, { &lost, 1 });
    });
    events.append(event, true);
    events.append(event, true);
    events.publish();
    const class Nothing : public ByteStore {
    public:
        qint64 read(qint64, char*, qint64) const override { return 0; }
        qint64 readableEnd() const override { return 0; }
    } store;
    class Seen : public EventSink {
    public:
        void add(const RecordedEvent& recorded) override
        {
            lines += QStringLiteral("%1+%2 at %3")
                         .arg(QString::number(recorded.offset), QString::number(recorded.lost),
                             QString::number(recorded.event.time));
        }
        void publish() override { }
        QStringList lines;
    } seen;
    Replay replay(events, streams, store, seen);
    replay.goOn(events.end(), std::atomic<bool>(false));
    QCOMPARE(seen.lines,
        QStringList({ QStringLiteral("0+0 at 5"), QStringLiteral("0+3 at 6"), QStringLiteral("3+3 at 7") }));

    ReadingIndex index(linesProtocol(), {}, streams, store);
    Replay(events, streams, store, index).goOn(events.end(), std::atomic<bool>(false));
    QCOMPARE(index.connections().record(1)->bytesIn, qint64(6));
    QCOMPARE(index.messages().count(), 0);
}

void TestReplay::orderIsKeptInFewBytes()
{
    EventLog log;
    CaptureEvent event;
    event.kind = EventKind::Chunk;
    event.connection = 1;
    log.append(event, true);
    log.publish();
    const qint64 first = log.end();
    for (int i = 0; i < 1000; ++i) {
        event.direction = static_cast<Direction>(i % 2);
        log.append(event, true);
    }
    log.publish();
    QCOMPARE(log.end() - first, qint64(1000));

    // Anything comes back, whatever its numbers.
    event.kind = EventKind::Closed;
    event.closeKind = CloseKind::Failed;
    const QList<std::pair<quint32, qint64>> odd { { 0, 0 }, { 0xFFFFFFFF, std::numeric_limits<qint64>::min() },
        { 5, std::numeric_limits<qint64>::max() }, { 5, -1 }, { 0, 1 } };
    for (const auto& [connection, time] : odd) {
        event.connection = connection;
        event.time = time;
        log.append(event, false);
    }
    log.publish();
    EventLog::Cursor cursor(log);
    CaptureEvent back;
    for (int i = 0; i < 1001; ++i) {
        QVERIFY(cursor.next(back));
        QCOMPARE(back.kind, EventKind::Chunk);
        QCOMPARE(back.connection, quint32(1));
    }
    for (const auto& [connection, time] : odd) {
        QVERIFY(!cursor.next(back));
        QCOMPARE(back.kind, EventKind::Closed);
        QCOMPARE(back.closeKind, CloseKind::Failed);
        QCOMPARE(back.connection, connection);
        QCOMPARE(back.time, time);
    }
    QCOMPARE(cursor.position(), log.end());
}

SOCKEYE_TEST(TestReplay)
#include "tst_replay.moc"
