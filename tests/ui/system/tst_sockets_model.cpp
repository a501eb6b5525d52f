// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/pages/sockets/sockets_model.h"
#include "ui/pages/sockets/sockets_table.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <numeric>
#include <random>

namespace sockeye {

namespace {

SocketRow row(quint64 inode, quint16 port, TcpState state = TcpState::Established)
{
    SocketRow made;
    made.entry.inode = inode;
    made.entry.local = { QHostAddress(QHostAddress::LocalHost), port };
    made.entry.state = state;
    return made;
}

std::vector<SocketRow> rows(std::initializer_list<int> ports)
{
    std::vector<SocketRow> made;
    for (const int port : ports) {
        made.push_back(row(static_cast<quint64>(port), static_cast<quint16>(port)));
    }
    return made;
}

QStringList ports(const QAbstractItemModel& model)
{
    QStringList texts;
    for (int i = 0; i < model.rowCount(); ++i) {
        texts.append(model.index(i, int(SocketColumn::Local)).data().toString().section(u':', 1));
    }
    return texts;
}

} // namespace

class TestSocketsModel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void rowsKeepTheirIndexes();
    void anythingCanFollowAnything();
    void aSocketThatLosesItsProcessIsAnotherRow();
    void explains();
    void theTableStaysWhereItIs();
};

void TestSocketsModel::rowsKeepTheirIndexes()
{
    SocketsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(rows({ 1, 2, 3 }));
    const QPersistentModelIndex two(model.index(1, 0));
    const QPersistentModelIndex three(model.index(2, 0));
    model.setRows(rows({ 7, 3, 8, 1, 2, 9 }));
    QCOMPARE(ports(model), QStringLiteral("7 3 8 1 2 9").split(u' '));
    QCOMPARE(two.row(), 4);
    QCOMPARE(three.row(), 1);
    model.setRows(rows({ 2, 9 }));
    QCOMPARE(two.row(), 0);
    QVERIFY(!three.isValid());
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!two.isValid());
}

void TestSocketsModel::anythingCanFollowAnything()
{
    SocketsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same each time
    QHash<int, QPersistentModelIndex> indexes;
    for (int turn = 0; turn < 60; ++turn) {
        std::vector<int> numbers(30);
        std::iota(numbers.begin(), numbers.end(), 1);
        std::shuffle(numbers.begin(), numbers.end(), random);
        numbers.resize(random() % 31);
        std::vector<SocketRow> now;
        for (const int number : numbers) {
            now.push_back(row(static_cast<quint64>(number), static_cast<quint16>(number)));
        }
        model.setRows(now);
        QCOMPARE(model.rowCount(), static_cast<int>(numbers.size()));
        for (auto it = indexes.cbegin(); it != indexes.cend(); ++it) {
            const auto place = std::find(numbers.begin(), numbers.end(), it.key());
            QCOMPARE(it->isValid(), place != numbers.end());
            QVERIFY(!it->isValid() || it->row() == place - numbers.begin());
        }
        indexes.clear();
        for (int at = 0; at < model.rowCount(); ++at) {
            indexes.insert(numbers[static_cast<std::size_t>(at)], model.index(at, 0));
        }
    }
}

void TestSocketsModel::aSocketThatLosesItsProcessIsAnotherRow()
{
    SocketsModel model;
    model.setRows({ row(5, 80, TcpState::CloseWait), row(0, 81, TcpState::TimeWait) });
    const QPersistentModelIndex first(model.index(0, 0));
    const QPersistentModelIndex second(model.index(1, 0));
    model.setRows({ row(0, 80, TcpState::TimeWait), row(0, 81, TcpState::TimeWait) });
    QVERIFY(!first.isValid());
    QCOMPARE(second.row(), 1);
}

void TestSocketsModel::explains()
{
    SocketsModel model;
    SocketRow listening = row(1, 80, TcpState::Listen);
    listening.entry.receiveQueue = 3;
    listening.entry.sendQueue = 128;
    model.setRows({ listening, row(0, 80, TcpState::TimeWait), row(2, 80, TcpState::CloseWait) });
    const auto tip = [&model](int at, SocketColumn column) {
        return model.index(at, int(column)).data(Qt::ToolTipRole).toString();
    };
    QVERIFY(tip(0, SocketColumn::ReceiveQueue).contains(u"wait to be accepted (3)"));
    QVERIFY(tip(1, SocketColumn::State).contains(u"Nobody: it goes away by itself."));
    QVERIFY(tip(2, SocketColumn::State).contains(u"close()"));
    for (int column = 0; column < model.columnCount(); ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
}

void TestSocketsModel::theTableStaysWhereItIs()
{
    QWidget window; // without size limits: the offscreen platform warns of them
    window.resize(600, 300);
    SocketsTable table(&window);
    table.resize(600, 300);
    window.show();
    std::vector<SocketRow> many;
    for (int i = 100; i < 300; ++i) {
        many.push_back(row(static_cast<quint64>(i), static_cast<quint16>(i)));
    }
    table.setRows(many);
    table.verticalScrollBar()->setValue(50);
    QCOMPARE(table.verticalScrollBar()->value(), 50);
    table.setCurrentIndex(table.model()->index(55, 0));
    const auto placeOfCurrent = [&table] { return table.currentIndex().row() - table.verticalScrollBar()->value(); };
    const int place = placeOfCurrent();
    // Sockets come and go above what is being read.
    many.erase(many.begin(), many.begin() + 7);
    for (int i = 1; i < 30; ++i) {
        many.insert(many.begin(), row(static_cast<quint64>(i), static_cast<quint16>(i)));
    }
    table.setRows(many);
    QCOMPARE(table.currentSocket()->entry.local.port, 155);
    QCOMPARE(placeOfCurrent(), place);
    QVERIFY(table.verticalScrollBar()->value() > 50);
    // The selection goes with its socket, to no other one.
    many.erase(std::find_if(many.begin(), many.end(), [](const SocketRow& each) { return each.entry.inode == 155; }));
    table.setRows(many);
    QVERIFY(table.currentSocket() == nullptr || table.currentSocket()->entry.inode != 155);
    QVERIFY(table.selectionModel()->selectedRows().isEmpty());
}

SOCKEYE_TEST(TestSocketsModel)

} // namespace sockeye

#include "tst_sockets_model.moc"
