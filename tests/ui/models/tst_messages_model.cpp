// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/latency_text.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_table.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

class TestMessagesModel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void showsMessagesErrorsAndNotes();
    void appendsInBatches();
    void filtersByConnection();
    void filtersErrors();
    void filterFollowsWhatComes();
    void sorts_data();
    void sorts();
    void sortedTableStaysUntilAsked();
    void naturalOrderComesBack();
    void anotherCaptureStartsOver();
    void holdsAMillion();
    void readsInTheBackground();
    void whatWasAskedForOfAnother();
    void tellsHowLongRepliesTook();
    void sortsByLatency();
    void tellsWhatHasStruck();

private:
    /// What stands there in the end: kinds and summaries are read in another thread.
    static QString cell(const MessagesModel& model, int row, MessageColumn column)
    {
        if (column == MessageColumn::Kind || column == MessageColumn::Summary) {
            (void)QTest::qWaitFor(
                [&] { return !model.index(row, static_cast<int>(column)).data().toString().isEmpty(); });
        }
        return model.index(row, static_cast<int>(column)).data().toString();
    }
};

/// The column comes with the first strike, which may be told after its message.
void TestMessagesModel::tellsWhatHasStruck()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("morpheus"));
    fixture.in(1, message);
    fixture.in(1, message);
    fixture.settle();
    MessagesModel model;
    MessagesTable table(&model);
    model.setCapture(fixture.capture);
    constexpr int column = static_cast<int>(MessageColumn::Fault);
    QVERIFY(table.isColumnHidden(column));
    fixture.writer->struck(1, Direction::In, message.size(), message.size(), QStringLiteral("set"));
    fixture.writer->struck(1, Direction::In, message.size() + 40, 1, QStringLiteral("corrupt"));
    fixture.settle();
    QTRY_VERIFY(!table.isColumnHidden(column));
    QCOMPARE(cell(model, 0, MessageColumn::Fault), QString());
    QCOMPARE(cell(model, 1, MessageColumn::Fault), QStringLiteral("set, corrupt"));
    model.arrange({ {}, true, MessageColumn::Fault, Qt::DescendingOrder });
    QTRY_COMPARE(cell(model, 0, MessageColumn::Fault), QStringLiteral("set, corrupt"));
}

void TestMessagesModel::showsMessagesErrorsAndNotes()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("morpheus")));
    fixture.out(1, CaptureFixture::binary(QByteArray("\x00\x01", 2)));
    fixture.writer->error(1, QLatin1StringView("idle"), QStringLiteral("Closed after 60 s of silence."));
    fixture.writer->note(1, QStringLiteral("Worth knowing."));
    fixture.settle();

    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.columnCount(), messageColumnCount);
    QCOMPARE(cell(model, 0, MessageColumn::Connection), QStringLiteral("#1"));
    QCOMPARE(cell(model, 0, MessageColumn::Direction), QStringLiteral("← in"));
    QCOMPARE(cell(model, 0, MessageColumn::Kind), QStringLiteral("JSON"));
    QVERIFY(cell(model, 0, MessageColumn::Summary).contains(QStringLiteral("morpheus")));
    QCOMPARE(cell(model, 1, MessageColumn::Direction), QStringLiteral("→ out"));
    QCOMPARE(cell(model, 1, MessageColumn::Kind), QStringLiteral("binary"));
    // An error is a row in place, with a word and no direction; its colour comes on top.
    QCOMPARE(cell(model, 2, MessageColumn::Kind), QStringLiteral("error"));
    QCOMPARE(cell(model, 2, MessageColumn::Summary), QStringLiteral("Closed after 60 s of silence."));
    QCOMPARE(cell(model, 2, MessageColumn::Direction), QString());
    QVERIFY(model.index(2, 0).data(Qt::ForegroundRole).isValid());
    QCOMPARE(cell(model, 3, MessageColumn::Kind), QStringLiteral("note"));
    QCOMPARE(model.errors(), 1);
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u':'));
    QCOMPARE(model.index(0, int(MessageColumn::Size)).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight,
        int(Qt::AlignRight));
}

void TestMessagesModel::appendsInBatches()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    QCOMPARE(model.rowCount(), 0);

    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 500; ++i) {
        fixture.in(1, CaptureFixture::search(QString::number(i)));
    }
    fixture.settle();
    model.takeNew();
    QCOMPARE(model.rowCount(), 500);
    QCOMPARE(inserted.size(), 1);
    // The ticker does the same by itself.
    fixture.in(1, CaptureFixture::search(QStringLiteral("last")));
    fixture.settle();
    QTRY_COMPARE(model.rowCount(), 501);
}

void TestMessagesModel::filtersByConnection()
{
    CaptureFixture fixture;
    for (quint32 i = 0; i < 300; ++i) {
        fixture.open(i % 3 + 1);
        fixture.in(i % 3 + 1, CaptureFixture::search(QString::number(i)));
    }
    fixture.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    MessageArrangement arrangement;
    arrangement.filter.connection = 2;
    model.arrange(arrangement);
    QTRY_VERIFY(!model.isBusy() && model.rowCount() == 100);
    for (int row = 0; row < model.rowCount(); ++row) {
        QCOMPARE(model.record(row).connection, 2U);
        QCOMPARE(model.rowOf(model.captureRow(row)), row);
    }
    QCOMPARE(model.rowOf(0), -1);
    QCOMPARE(model.ref(5).row, model.captureRow(5));
    QVERIFY(!model.ref(100).capture);
}

void TestMessagesModel::filtersErrors()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("good")));
    fixture.in(1, QByteArray("\0\0bad", 5)); // a header of length 0
    fixture.open(2);
    fixture.writer->error(2, QLatin1StringView("reset"), QStringLiteral("Reset."));
    fixture.writer->note(2, QStringLiteral("A note is no error."));
    fixture.settle();
    MessagesModel model;
    model.setCapture(fixture.capture);
    MessageArrangement arrangement;
    arrangement.filter.errorsOnly = true;
    model.arrange(arrangement);
    QTRY_VERIFY(!model.isBusy() && model.rowCount() == 2);
    QCOMPARE(model.record(0).kind, RecordKind::BadMessage);
    QCOMPARE(model.record(1).kind, RecordKind::Error);
    QCOMPARE(model.errors(), 2);
}

void TestMessagesModel::filterFollowsWhatComes()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.open(2);
    fixture.in(1, CaptureFixture::search(QStringLiteral("a")));
    fixture.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    MessageArrangement arrangement;
    arrangement.filter.connection = 2;
    model.arrange(arrangement);
    QTRY_VERIFY(!model.isBusy());
    QCOMPARE(model.rowCount(), 0);
    fixture.in(1, CaptureFixture::search(QStringLiteral("b")));
    fixture.in(2, CaptureFixture::search(QStringLiteral("c")));
    fixture.settle();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.captureRow(0), 2);
}

void TestMessagesModel::sorts_data()
{
    QTest::addColumn<MessageColumn>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QList<qsizetype>>("rows");

    // Capture rows: 0 search "b" on #2, 1 binary of 300 bytes out of #1, 2 search "aa" on #1, 3 an error of #1.
    using enum MessageColumn;
    QTest::newRow("time, newest first") << Time << Qt::DescendingOrder << QList<qsizetype> { 3, 2, 1, 0 };
    QTest::newRow("connection") << Connection << Qt::AscendingOrder << QList<qsizetype> { 1, 2, 3, 0 };
    QTest::newRow("connection, down") << Connection << Qt::DescendingOrder << QList<qsizetype> { 0, 1, 2, 3 };
    QTest::newRow("direction") << Direction << Qt::AscendingOrder << QList<qsizetype> { 3, 0, 2, 1 };
    QTest::newRow("size") << Size << Qt::AscendingOrder << QList<qsizetype> { 3, 0, 2, 1 };
    QTest::newRow("size, down") << Size << Qt::DescendingOrder << QList<qsizetype> { 1, 2, 0, 3 };
    QTest::newRow("kind") << Kind << Qt::AscendingOrder << QList<qsizetype> { 0, 2, 1, 3 };
    QTest::newRow("summary") << Summary << Qt::AscendingOrder << QList<qsizetype> { 3, 1, 2, 0 };
}

void TestMessagesModel::sorts()
{
    QFETCH(MessageColumn, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QList<qsizetype>, rows);
    CaptureFixture fixture;
    fixture.open(1);
    fixture.open(2);
    fixture.in(2, CaptureFixture::search(QStringLiteral("b")));
    fixture.out(1, CaptureFixture::binary(QByteArray(300, '\1')));
    fixture.in(1, CaptureFixture::search(QStringLiteral("aa")));
    fixture.writer->error(1, QLatin1StringView("reset"), QStringLiteral("A reset."));
    fixture.settle();
    QCOMPARE(fixture.capture->messageCount(), 4);

    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    model.arrange({ {}, true, column, order });
    QTRY_VERIFY(!model.isBusy());
    QList<qsizetype> shown;
    for (int row = 0; row < model.rowCount(); ++row) {
        shown.append(model.captureRow(row));
        QCOMPARE(model.rowOf(model.captureRow(row)), row);
    }
    QCOMPARE(shown, rows);
}

void TestMessagesModel::sortedTableStaysUntilAsked()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("xxxxxxxx")));
    fixture.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    model.arrange({ {}, true, MessageColumn::Size, Qt::AscendingOrder });
    QTRY_VERIFY(!model.isBusy());
    fixture.in(1, CaptureFixture::search(QStringLiteral("y")));
    fixture.settle();
    QTRY_COMPARE(model.waiting(), 1);
    QCOMPARE(model.rowCount(), 1);
    model.takeWaiting();
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.waiting(), 0);
    QCOMPARE(model.captureRow(0), 1);
}

void TestMessagesModel::tellsHowLongRepliesTook()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("a")));
    fixture.out(1, CaptureFixture::search(QStringLiteral("b")));
    fixture.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    const auto text = [&model](int row) {
        return model.index(row, static_cast<int>(MessageColumn::Latency)).data().toString();
    };
    QTRY_VERIFY(!text(1).isEmpty());
    QCOMPARE(text(0), QString());
    const qint64 took = fixture.capture->message(1).time - fixture.capture->message(0).time;
    QCOMPARE(model.latency(1), std::optional(took));
    QCOMPARE(text(1), latencyText(took));
    // And of what comes later.
    fixture.in(1, CaptureFixture::search(QStringLiteral("c")));
    fixture.out(1, CaptureFixture::search(QStringLiteral("d")));
    fixture.settle();
    QTRY_COMPARE(model.rowCount(), 4);
    QTRY_VERIFY(!text(3).isEmpty());
    QCOMPARE(text(2), QString());
    model.setCapture(nullptr);
    QCOMPARE(model.latency(1), std::nullopt);
}

void TestMessagesModel::sortsByLatency()
{
    CaptureFixture fixture;
    fixture.open(1);
    for (int i = 0; i < 20; ++i) {
        fixture.in(1, CaptureFixture::search(QStringLiteral("question")));
        fixture.out(1, CaptureFixture::search(QStringLiteral("answer")));
    }
    fixture.settle();
    MessagesModel model;
    model.setCapture(fixture.capture);
    model.arrange({ {}, true, MessageColumn::Latency, Qt::DescendingOrder });
    QTRY_VERIFY(!model.isBusy());
    QTRY_VERIFY(model.latency(0));
    for (int row = 1; row < 20; ++row) {
        QVERIFY(*model.latency(row) <= *model.latency(row - 1));
    }
    for (int row = 20; row < 40; ++row) {
        QVERIFY(!model.latency(row));
        QCOMPARE(model.record(row).direction, Direction::In);
    }
}

void TestMessagesModel::naturalOrderComesBack()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("bb")));
    fixture.in(1, CaptureFixture::search(QStringLiteral("a")));
    fixture.settle();
    MessagesModel model;
    model.setCapture(fixture.capture);
    model.arrange({ {}, true, MessageColumn::Size, Qt::AscendingOrder });
    QTRY_COMPARE(model.captureRow(0), 1);
    model.arrange({});
    QCOMPARE(model.captureRow(0), 0);
    QCOMPARE(model.rowCount(), 2);
}

void TestMessagesModel::anotherCaptureStartsOver()
{
    CaptureFixture first;
    first.open(1);
    first.in(1, CaptureFixture::search(QStringLiteral("a")));
    first.writer->error(1, QLatin1StringView("reset"), QStringLiteral("Reset."));
    first.settle();
    CaptureFixture second(rawProtocol());
    second.open(1);
    second.in(1, "hello\n");
    second.settle();
    MessagesModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(first.capture);
    QCOMPARE(model.rowCount(), 2);
    model.setCapture(second.capture);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.errors(), 0);
    QCOMPARE(cell(model, 0, MessageColumn::Kind), QStringLiteral("text"));
    QCOMPARE(cell(model, 0, MessageColumn::Summary), QStringLiteral("hello\\n"));
    model.setCapture(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestMessagesModel::holdsAMillion()
{
    constexpr int million = 1'000'000;
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("x"));
    const QByteArray hundred = message.repeated(100);
    MessagesModel model;
    model.setCapture(fixture.capture);
    for (int i = 0; i < million / 100; ++i) {
        fixture.in(1, hundred);
    }
    fixture.open(7);
    fixture.in(7, message);
    fixture.settle();
    model.takeNew();
    QCOMPARE(model.rowCount(), million + 1);
    QVERIFY(cell(model, million / 2, MessageColumn::Summary).contains(u'x'));
    QCOMPARE(model.record(million - 1).offset, qint64(message.size()) * (million - 1));

    MessageArrangement only;
    only.filter.connection = 7;
    model.arrange(only);
    QCOMPARE(model.rowCount(), million + 1); // as it was, until the search is done
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 60'000);
    model.arrange({ {}, true, MessageColumn::Time, Qt::DescendingOrder });
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), million + 1, 60'000);
    QCOMPARE(model.captureRow(0), million);
    QCOMPARE(model.rowOf(0), million);
}

/// Who paints does not wait: what is not known comes a moment later, and all of it with one signal.
void TestMessagesModel::readsInTheBackground()
{
    CaptureFixture fixture;
    fixture.open(1);
    constexpr int rows = 100;
    for (int i = 0; i < rows; ++i) {
        fixture.in(1, CaptureFixture::search(QString::number(i)));
    }
    fixture.settle();
    MessagesModel model;
    model.setCapture(fixture.capture);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (int row = 0; row < rows; ++row) {
        QCOMPARE(model.index(row, static_cast<int>(MessageColumn::Kind)).data().toString(), QString());
        QCOMPARE(model.index(row, static_cast<int>(MessageColumn::Summary)).data().toString(), QString());
    }
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), model.index(0, static_cast<int>(MessageColumn::Kind)));
    QCOMPARE(changed.first().at(1).toModelIndex(), model.index(rows - 1, static_cast<int>(MessageColumn::Summary)));
    for (int row = 0; row < rows; ++row) {
        QVERIFY(model.index(row, static_cast<int>(MessageColumn::Summary))
                    .data()
                    .toString()
                    .contains(QString::number(row)));
    }
}

void TestMessagesModel::whatWasAskedForOfAnother()
{
    CaptureFixture one;
    CaptureFixture other(rawProtocol());
    for (CaptureFixture* const fixture : { &one, &other }) {
        fixture->open(1);
        fixture->in(1, CaptureFixture::search(QStringLiteral("x")));
        fixture->settle();
    }
    MessagesModel model;
    model.setCapture(one.capture);
    QCOMPARE(model.index(0, static_cast<int>(MessageColumn::Kind)).data().toString(), QString());
    model.setCapture(other.capture);
    QVERIFY(cell(model, 0, MessageColumn::Kind) != QStringLiteral("JSON"));
    // One that goes while it is being read.
    auto gone = std::make_unique<MessagesModel>();
    gone->setCapture(one.capture);
    QCOMPARE(gone->index(0, static_cast<int>(MessageColumn::Summary)).data().toString(), QString());
    QCoreApplication::processEvents();
    gone.reset();
}

SOCKEYE_TEST(TestMessagesModel)

} // namespace sockeye

#include "tst_messages_model.moc"
