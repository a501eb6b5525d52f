// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/connections/connections_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

class TestConnectionsModel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void showsConnections();
    void knowsTargetsToldOfBefore();
    void saysWhatIsMissing();
    void updatesChangedRowsOnly();
    void clearsClosedOnes();
    void sorts();
    void keepsSelectedRowsWhenSorting();
    void putsLateOnesInTheirPlaces();
    void marksWhatIsNotRead();
    void worksOutRates();
    void holdsTenThousand();

private:
    static QString cell(const ConnectionsModel& model, int row, ConnectionColumn column)
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
};

void TestConnectionsModel::showsConnections()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray request = CaptureFixture::search(QStringLiteral("morpheus"));
    fixture.in(1, request);
    fixture.open(2);
    fixture.writer->closed(2, CloseKind::ResetByPeer);
    fixture.settle();
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.openCount(), 1);
    QCOMPARE(cell(model, 0, ConnectionColumn::Number), QStringLiteral("1"));
    QCOMPARE(cell(model, 0, ConnectionColumn::Peer), QStringLiteral("127.0.0.1:40001"));
    QCOMPARE(cell(model, 0, ConnectionColumn::State), QStringLiteral("● open"));
    QCOMPARE(cell(model, 0, ConnectionColumn::In), QString::number(request.size()));
    QCOMPARE(cell(model, 0, ConnectionColumn::Messages), QStringLiteral("1 / 0"));
    QCOMPARE(cell(model, 1, ConnectionColumn::State), QStringLiteral("○ reset"));
}

void TestConnectionsModel::knowsTargetsToldOfBefore()
{
    // A relay tells of a target at once; that there is a connection comes through the capture, and may come later.
    CaptureFixture fixture;
    ConnectionsModel model;
    model.setCapture(fixture.capture);
    TargetLeg refused;
    refused.state = TargetLeg::State::Failed;
    refused.failure = makeFailure(FailureCode::Refused, QStringLiteral("127.0.0.1:9"));
    model.setTargets({ [refused](quint32) { return std::optional(refused); }, [] { return quint64(1); } });
    model.takeNew();
    fixture.open(1);
    fixture.settle();
    model.takeNew();
    QVERIFY2(cell(model, 0, ConnectionColumn::Target).contains(QStringLiteral("refused")),
        qPrintable(cell(model, 0, ConnectionColumn::Target)));
}

void TestConnectionsModel::saysWhatIsMissing()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray request = CaptureFixture::search(QStringLiteral("morpheus"));
    fixture.in(1, request.chopped(18));
    fixture.settle();
    ConnectionsModel model;
    model.setCapture(fixture.capture);
    const QString waiting = cell(model, 0, ConnectionColumn::Waiting);
    QVERIFY2(waiting.startsWith(QStringLiteral("content: ")), qPrintable(waiting));
    QVERIFY(model.entry(0).isMidMessage());
    QVERIFY(model.index(0, int(ConnectionColumn::Waiting))
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("18 are missing")));
    fixture.in(1, request.last(18));
    fixture.settle();
    model.takeNew();
    QVERIFY(!model.entry(0).isMidMessage());
}

void TestConnectionsModel::updatesChangedRowsOnly()
{
    CaptureFixture fixture;
    for (quint32 i = 1; i <= 20; ++i) {
        fixture.open(i);
    }
    fixture.settle();
    ConnectionsModel model;
    model.setCapture(fixture.capture);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    fixture.in(7, "x");
    fixture.settle();
    model.takeNew();
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 6);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 6);
}

void TestConnectionsModel::clearsClosedOnes()
{
    CaptureFixture fixture;
    for (quint32 i = 1; i <= 4; ++i) {
        fixture.open(i);
    }
    fixture.writer->closed(2, CloseKind::Orderly);
    fixture.writer->closed(4, CloseKind::Failed);
    fixture.settle();
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    QCOMPARE(model.rowCount(), 4);
    model.clearClosed();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(1), 0);
    QCOMPARE(model.rowOf(2), -1);
    QCOMPARE(model.rowOf(3), 1);
    // What the capture still says of a cleared one does not bring it back.
    fixture.writer->note(2, QStringLiteral("late"));
    fixture.in(3, "x");
    fixture.settle();
    model.takeNew();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.entry(1).record.bytesIn, 1);
}

void TestConnectionsModel::sorts()
{
    CaptureFixture fixture;
    for (quint32 i = 1; i <= 3; ++i) {
        fixture.open(i);
    }
    fixture.in(1, "xx");
    fixture.in(2, "xxx");
    fixture.in(3, "x");
    fixture.settle();
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    const auto order = [&] {
        QList<quint32> ids;
        for (int row = 0; row < model.rowCount(); ++row) {
            ids.append(model.entry(row).record.id);
        }
        return ids;
    };
    model.sort(int(ConnectionColumn::In), Qt::DescendingOrder);
    QCOMPARE(order(), (QList<quint32> { 2, 1, 3 }));
    model.sort(int(ConnectionColumn::In), Qt::AscendingOrder);
    QCOMPARE(order(), (QList<quint32> { 3, 1, 2 }));
    model.sort(int(ConnectionColumn::Peer), Qt::DescendingOrder);
    QCOMPARE(order(), (QList<quint32> { 3, 2, 1 }));
    model.sort(-1);
    QCOMPARE(order(), (QList<quint32> { 1, 2, 3 }));
    QCOMPARE(model.rowOf(3), 2);
    for (int column = 0; column < connectionColumnCount; ++column) {
        model.sort(column, Qt::DescendingOrder);
        QCOMPARE(model.rowCount(), 3);
    }
}

void TestConnectionsModel::keepsSelectedRowsWhenSorting()
{
    CaptureFixture fixture;
    for (quint32 i = 1; i <= 5; ++i) {
        fixture.open(i);
    }
    fixture.settle();
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    const QPersistentModelIndex second = model.index(1, 2);
    model.sort(int(ConnectionColumn::Number), Qt::DescendingOrder);
    QCOMPARE(second.row(), 3);
    QCOMPARE(second.column(), 2);
    QCOMPARE(model.entry(second.row()).record.id, 2U);
}

void TestConnectionsModel::putsLateOnesInTheirPlaces()
{
    CaptureFixture fixture;
    ConnectionsModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCapture(fixture.capture);
    const auto takes = [&](const QList<quint32>& connections) {
        for (const quint32 connection : connections) {
            fixture.open(connection);
        }
        fixture.settle();
        model.takeNew();
        QList<quint32> ids;
        for (int row = 0; row < model.rowCount(); ++row) {
            ids.append(model.entry(row).record.id);
            if (model.rowOf(ids.last()) != row) {
                ids.append(0);
            }
        }
        return ids;
    };
    QCOMPARE(takes({ 2, 4, 3 }), (QList<quint32> { 2, 3, 4 }));
    const QPersistentModelIndex fourth = model.index(2, 1);
    QSignalSpy moved(&model, &QAbstractItemModel::layoutChanged);
    QCOMPARE(takes({ 8, 6, 7 }), (QList<quint32> { 2, 3, 4, 6, 7, 8 }));
    QCOMPARE(moved.size(), 0);
    QCOMPARE(takes({ 9, 1, 5 }), (QList<quint32> { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
    QCOMPARE(moved.size(), 1);
    QCOMPARE(fourth.row(), 3);
    // The order that was chosen holds, also for those that come then.
    model.sort(int(ConnectionColumn::Number), Qt::DescendingOrder);
    QCOMPARE(takes({ 10 }), (QList<quint32> { 9, 8, 7, 6, 5, 4, 3, 2, 1, 10 }));
    model.passTime();
    QCOMPARE(takes({}), (QList<quint32> { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }));
}

void TestConnectionsModel::marksWhatIsNotRead()
{
    CaptureFixture fixture(rawProtocol());
    fixture.open(1);
    fixture.open(2);
    fixture.settle();
    ConnectionsModel model;
    model.setCapture(fixture.capture);
    model.setNotReading(2, true);
    QVERIFY(!model.isNotReading(1));
    QVERIFY(model.isNotReading(2));
    QVERIFY(cell(model, 1, ConnectionColumn::Waiting).contains(QStringLiteral("not being read")));
    QVERIFY(!cell(model, 0, ConnectionColumn::Waiting).contains(QStringLiteral("not being read")));
    model.setNoneRead(true);
    QVERIFY(cell(model, 0, ConnectionColumn::Waiting).contains(QStringLiteral("not being read")));
}

void TestConnectionsModel::worksOutRates()
{
    CaptureFixture fixture(rawProtocol());
    fixture.open(1);
    fixture.settle();
    ConnectionsModel model;
    model.setCapture(fixture.capture);
    model.passTime();
    fixture.in(1, QByteArray(2000, 'x'));
    fixture.settle();
    model.takeNew();
    model.passTime();
    QCOMPARE(cell(model, 0, ConnectionColumn::Rate), QStringLiteral("2.0 kB/s"));
    model.passTime();
    model.passTime();
    QCOMPARE(cell(model, 0, ConnectionColumn::Rate), QStringLiteral("0 B/s"));
}

void TestConnectionsModel::holdsTenThousand()
{
    constexpr quint32 count = 10'000;
    CaptureFixture fixture;
    for (quint32 i = 1; i <= count; ++i) {
        fixture.open(i);
        fixture.in(i, QByteArray(static_cast<qsizetype>(i % 100) + 1, 'x'));
    }
    fixture.settle();
    ConnectionsModel model;
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.setCapture(fixture.capture);
    QCOMPARE(model.rowCount(), int(count));
    QCOMPARE(inserted.size(), 1);
    model.sort(int(ConnectionColumn::In), Qt::DescendingOrder);
    QCOMPARE(model.entry(0).record.bytesIn, 100);

    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (quint32 i = 1; i <= count; ++i) {
        fixture.in(i, "y");
    }
    for (quint32 i = 1; i <= count; i += 2) {
        fixture.writer->closed(i, CloseKind::Orderly);
    }
    fixture.settle();
    model.takeNew();
    QVERIFY(changed.size() <= 2); // one range, not ten thousand rows
    QCOMPARE(model.openCount(), int(count / 2));
    model.clearClosed();
    QCOMPARE(model.rowCount(), int(count / 2));
}

SOCKEYE_TEST(TestConnectionsModel)

} // namespace sockeye

#include "tst_connections_model.moc"
