// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/message_log.h"
#include "tests/testcase.h"

#include <QTest>

#include <limits>

using namespace sockeye;

class TestMessageLog : public TestCase {
    Q_OBJECT

private Q_SLOTS:
    void record_data();
    void record();
    void rowsKeepTheirOrder();
};

namespace {

constexpr qint64 longest = std::numeric_limits<qint64>::max();
constexpr qint64 today = 1'700'000'000'123'456'789;

bool same(const MessageRecord& a, const MessageRecord& b)
{
    return a.time == b.time && a.offset == b.offset && a.size == b.size && a.connection == b.connection
        && a.kind == b.kind && a.direction == b.direction;
}

} // namespace

void TestMessageLog::record_data()
{
    QTest::addColumn<MessageRecord>("record");
    QTest::addColumn<bool>("isShort");
    const auto row = [](const char* name, qint64 time, qint64 offset, qint64 size, Direction direction, bool isShort,
                         RecordKind kind = RecordKind::Message, quint32 connection = 7) {
        QTest::newRow(name) << MessageRecord { time, offset, size, connection, 0, kind, direction } << isShort;
    };
    row("in", today, 5, 146, Direction::In, true);
    row("out", today, 5, 146, Direction::Out, true);
    row("nothing set", 0, 0, 0, Direction::In, true);
    row("far into the stream", today, longest, 1, Direction::Out, true);
    row("just below 4 GiB", today, 0, std::numeric_limits<quint32>::max(), Direction::Out, true);
    row("4 GiB", today, 0, qint64 { 1 } << 32, Direction::Out, false);
    row("before the epoch", -today, 0, 1, Direction::In, true);
    row("last time in short", longest >> 2, 0, 1, Direction::Out, true);
    row("a hostile time", (longest >> 2) + 1, 0, 1, Direction::Out, false);
    row("the last time", longest, 0, 1, Direction::In, false);
    row("the first time", -longest - 1, 0, 1, Direction::Out, false);
    row("largest connection", today, 0, 1, Direction::In, true, RecordKind::Message,
        std::numeric_limits<quint32>::max());
    row("bad message", today, 3, 4, Direction::Out, false, RecordKind::BadMessage);
    row("error", today, 3, 0, Direction::Out, false, RecordKind::Error);
    row("note", today, 0, 0, Direction::In, false, RecordKind::Note, 0);
}

void TestMessageLog::record()
{
    QFETCH(const MessageRecord, record);
    QFETCH(const bool, isShort);
    QCOMPARE(PackedRecord::of(record).has_value(), isShort);
    MessageLog log;
    log.append(record);
    log.append(record, QStringLiteral("with a text"));
    QCOMPARE(log.count(), 0);
    log.publish();
    QVERIFY(same(log.at(0), record));
    QCOMPARE(log.at(0).text, 0U);
    QVERIFY(same(log.at(1), record));
    QCOMPARE(log.text(log.at(1).text), QStringLiteral("with a text"));
    for (const qsizetype outside : { -1, 2 }) {
        QVERIFY(same(log.at(outside), {}));
    }
}

void TestMessageLog::rowsKeepTheirOrder()
{
    MessageLog log;
    constexpr int count = 10'000;
    for (int i = 0; i < count; ++i) {
        MessageRecord record;
        record.time = today;
        record.offset = i;
        record.kind = i % 3 == 0 ? RecordKind::Note : RecordKind::Message;
        log.append(record, i % 3 == 0 ? QString::number(i) : QString());
    }
    log.publish();
    for (int i = 0; i < count; ++i) {
        QCOMPARE(log.at(i).offset, i);
        QCOMPARE(log.at(i).kind, i % 3 == 0 ? RecordKind::Note : RecordKind::Message);
        QCOMPARE(log.text(log.at(i).text), i % 3 == 0 ? QString::number(i) : QString());
    }
}

SOCKEYE_TEST(TestMessageLog)
#include "tst_message_log.moc"
