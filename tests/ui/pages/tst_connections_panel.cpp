// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/inspector/message_loader.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/roomy_label.h"

#include <QAction>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace sockeye {

class TestConnectionsPanel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void offersTheUnfinishedMessage();
    void saysWhyNothingHappens();
    void actsOnSelectedConnections();
    void offersNoActionsOnFiles();
    void stallsAndGoesOn();
    void enterShowsMessages();
    void clearingKeepsTheSelection();
    void restoresItsState();
    void queuesGiveWay();
    void columnsGiveWay_data();
    void columnsGiveWay();
    void followsTheNewest();
    void namesGetTheRoom();

private:
    void setUp();
    void select(int row);
    [[nodiscard]] QAction* action(const QString& text) const;
    std::unique_ptr<CaptureFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ConnectionsPanel> m_panel;
};

void TestConnectionsPanel::setUp()
{
    m_fixture = std::make_unique<CaptureFixture>();
    for (quint32 i = 1; i <= 3; ++i) {
        m_fixture->open(i);
    }
    const QByteArray request = CaptureFixture::search(QStringLiteral("morpheus"));
    m_fixture->in(2, request + request.chopped(18));
    m_fixture->writer->closed(3, CloseKind::Orderly);
    m_fixture->settle();
    m_panel = std::make_unique<ConnectionsPanel>();
    m_panel->resize(640, 300);
    m_panel->setActionsOffered(ConnectionsPanel::Offer::All);
    m_panel->setCapture(m_fixture->capture);
    // In a window without size limits: the offscreen platform warns of them.
    m_window = std::make_unique<QWidget>();
    m_window->resize(m_panel->size());
    m_panel->setParent(m_window.get());
    m_panel->show();
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestConnectionsPanel::cleanup()
{
    m_panel.reset();
    m_window.reset();
    m_fixture.reset();
}

void TestConnectionsPanel::select(int row)
{
    m_panel->table()->setCurrentIndex(m_panel->model()->index(row, 0));
}

QAction* TestConnectionsPanel::action(const QString& text) const
{
    for (QAction* action : m_panel->table()->actions()) {
        if (action->text() == text) {
            return action;
        }
    }
    return nullptr;
}

void TestConnectionsPanel::offersTheUnfinishedMessage()
{
    setUp();
    const qint64 size = CaptureFixture::search(QStringLiteral("morpheus")).size();
    QSignalSpy selected(m_panel.get(), &ConnectionsPanel::unfinishedMessageSelected);
    select(0);
    QCOMPARE(selected.size(), 0);
    QVERIFY(!m_panel->unfinishedMessage().capture);
    select(1);
    QCOMPARE(selected.size(), 1);
    const MessageRef message = m_panel->unfinishedMessage();
    QCOMPARE(message.row, -1);
    QCOMPARE(message.record.connection, 2U);
    QCOMPARE(message.record.offset, size);
    QCOMPARE(message.record.size, size - 18);
    QCOMPARE(m_fixture->capture->read(2, Direction::In, message.record.offset, message.record.size),
        CaptureFixture::search(QStringLiteral("morpheus")).chopped(18));
    const InspectedMessagePtr inspected = inspect(message, [] { return true; });
    QVERIFY2(inspected->left.startsWith(QStringLiteral("Not whole yet: it has come ")), qPrintable(inspected->left));
}

void TestConnectionsPanel::saysWhyNothingHappens()
{
    setUp();
    const auto* why = m_panel->findChild<RoomyLabel*>(QStringLiteral("why"));
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(why->text().isEmpty());
    QVERIFY(why->hint().startsWith(QStringLiteral("Select a connection")));
    const QRect table = m_panel->table()->geometry();
    select(1);
    QVERIFY2(why->text().startsWith(QStringLiteral("Connection #2 waits for content: ")), qPrintable(why->text()));
    QVERIFY(why->text().contains(QStringLiteral("18 are missing")));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCOMPARE(m_panel->table()->geometry(), table); // what was clicked does not move away
    select(2);
    QVERIFY(why->text().isEmpty());
    QCOMPARE(why->hint(), QStringLiteral("Connection #3 waits for nothing."));
}

void TestConnectionsPanel::actsOnSelectedConnections()
{
    setUp();
    QSignalSpy closed(m_panel.get(), &ConnectionsPanel::closeRequested);
    QSignalSpy halfClosed(m_panel.get(), &ConnectionsPanel::halfCloseRequested);
    QSignalSpy reset(m_panel.get(), &ConnectionsPanel::resetRequested);
    select(2);
    QVERIFY(!action(QStringLiteral("Close"))->isEnabled()); // it is closed
    select(0);
    m_panel->table()->setFocus();
    QTest::keyClick(m_panel->table(), Qt::Key_Delete);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().first().toUInt(), 1U);
    m_panel->table()->selectAll();
    action(QStringLiteral("Half-close"))->trigger();
    QCOMPARE(halfClosed.size(), 3);
    QTest::keyClick(m_panel->table(), Qt::Key_Delete, Qt::ShiftModifier);
    QCOMPARE(reset.size(), 3);
}

void TestConnectionsPanel::offersNoActionsOnFiles()
{
    setUp();
    m_panel->setActionsOffered(ConnectionsPanel::Offer::Nothing);
    select(0);
    QVERIFY(!action(QStringLiteral("Close"))->isVisible());
    QVERIFY(!action(QStringLiteral("Stop reading"))->isVisible());
    QVERIFY(action(QStringLiteral("Show only its messages"))->isEnabled());
}

void TestConnectionsPanel::stallsAndGoesOn()
{
    setUp();
    QSignalSpy stalled(m_panel.get(), &ConnectionsPanel::stallRequested);
    select(0);
    QVERIFY(!action(QStringLiteral("Go on reading"))->isVisible());
    action(QStringLiteral("Stop reading"))->trigger();
    QCOMPARE(stalled.last(), (QVariantList { 1U, true }));
    QVERIFY(!action(QStringLiteral("Stop reading"))->isVisible());
    action(QStringLiteral("Go on reading"))->trigger();
    QCOMPARE(stalled.last(), (QVariantList { 1U, false }));
    QVERIFY(action(QStringLiteral("Stop reading"))->isVisible());
}

void TestConnectionsPanel::enterShowsMessages()
{
    setUp();
    QSignalSpy activated(m_panel.get(), &ConnectionsPanel::connectionActivated);
    select(1);
    m_panel->table()->setFocus();
    QTest::keyClick(m_panel->table(), Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().toUInt(), 2U);
}

void TestConnectionsPanel::clearingKeepsTheSelection()
{
    setUp();
    select(1);
    action(QStringLiteral("Clear closed"))->trigger();
    QCOMPARE(m_panel->model()->rowCount(), 2);
    QVERIFY(m_panel->table()->selectionModel()->isRowSelected(1));
}

void TestConnectionsPanel::restoresItsState()
{
    setUp();
    m_panel->table()->setColumnWidth(1, 234);
    const QJsonObject saved = m_panel->saveState();
    ConnectionsPanel other;
    other.restoreState(saved);
    QCOMPARE(other.table()->columnWidth(1), 234);
    QCOMPARE(other.saveState(), saved);
    other.restoreState({ { QStringLiteral("sortedBy"), -7 }, { QStringLiteral("widths"), QStringLiteral("x") } });
    QCOMPARE(other.table()->columnWidth(1), 234);
}

void TestConnectionsPanel::queuesGiveWay()
{
    setUp();
    const auto isHidden = [this](ConnectionColumn column) {
        return m_panel->table()->isColumnHidden(static_cast<int>(column));
    };
    m_panel->resize(1400, 300);
    QTRY_VERIFY(!isHidden(ConnectionColumn::ReceiveQueue));
    const int least = m_panel->fontMetrics().averageCharWidth() * 28;
    m_panel->resize(640, 300);
    QTRY_VERIFY(isHidden(ConnectionColumn::ReceiveQueue));
    QVERIFY(isHidden(ConnectionColumn::SendQueue));
    QVERIFY(m_panel->table()->columnWidth(static_cast<int>(ConnectionColumn::Waiting)) >= least / 2);
    m_panel->resize(1400, 300);
    QTRY_VERIFY(!isHidden(ConnectionColumn::SendQueue));
}

void TestConnectionsPanel::columnsGiveWay_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("live");
    QTest::addColumn<bool>("relays");
    for (const int width : { 470, 560, 640, 800, 1400 }) {
        for (const bool live : { true, false }) {
            QTest::addRow("%d, %s", width, live ? "live" : "a file") << width << live << false;
        }
        QTest::addRow("%d, a relay", width) << width << true << true;
    }
}

void TestConnectionsPanel::columnsGiveWay()
{
    QFETCH(const int, width);
    QFETCH(const bool, live);
    QFETCH(const bool, relays);
    setUp();
    if (relays) {
        m_panel->showTargets({ [](quint32) { return std::optional<TargetLeg>(); }, [] { return quint64(0); } });
    }
    m_panel->setCapture(m_fixture->capture, live);
    const DenseTable& table = *m_panel->table();
    const auto isHidden = [&table](ConnectionColumn column) { return table.isColumnHidden(static_cast<int>(column)); };
    m_window->resize(1400, 300);
    m_panel->resize(1400, 300);
    QTRY_VERIFY(!isHidden(ConnectionColumn::In));
    QVERIFY(!isHidden(ConnectionColumn::Rate));
    m_panel->resize(width, 300);
    QTRY_COMPARE(table.viewport()->width(), width);
    QTRY_COMPARE(table.horizontalScrollBar()->maximum(), 0);
    for (const ConnectionColumn column :
        { ConnectionColumn::Number, ConnectionColumn::Peer, ConnectionColumn::State }) {
        QVERIFY(!isHidden(column));
        QVERIFY(table.columnWidth(static_cast<int>(column)) >= table.leastColumnWidth(static_cast<int>(column)));
    }
    QVERIFY(!isHidden(ConnectionColumn::Rate) || isHidden(ConnectionColumn::ReceiveQueue));
    QVERIFY(!isHidden(ConnectionColumn::Age) || isHidden(ConnectionColumn::Rate));
    QVERIFY(!isHidden(ConnectionColumn::In) || isHidden(ConnectionColumn::Out));
    const int waiting = table.columnWidth(static_cast<int>(ConnectionColumn::Waiting));
    QVERIFY2(waiting >= table.fontMetrics().horizontalAdvance(u"the content: 23 of"_qs),
        qPrintable(QString::number(waiting)));
    m_panel->resize(1400, 300);
    QTRY_VERIFY(!isHidden(ConnectionColumn::Rate)); // it comes back
}

void TestConnectionsPanel::followsTheNewest()
{
    setUp();
    DenseTable& table = *m_panel->table();
    const auto comes = [this](quint32 first, quint32 last) {
        for (quint32 i = first; i <= last; ++i) {
            m_fixture->open(i);
        }
        m_fixture->settle();
        return QTest::qWaitFor([this, last] { return m_panel->model()->rowCount() == int(last); });
    };
    const auto isSeen = [this, &table](int row) {
        return table.viewport()->rect().contains(table.visualRect(m_panel->model()->index(row, 0)).center());
    };
    QVERIFY(comes(4, 40));
    QTRY_VERIFY(isSeen(39));
    select(30); // somebody looks at one
    QVERIFY(comes(41, 60));
    QVERIFY(isSeen(30));
    QVERIFY(!isSeen(59));
    table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum());
    QVERIFY(comes(61, 80));
    QTRY_VERIFY(isSeen(79));
    table.verticalScrollBar()->setValue(0);
    QVERIFY(comes(81, 100));
    QVERIFY(isSeen(0));
    m_panel->setCapture(m_fixture->capture, false); // nothing new is expected of a file
    QTRY_COMPARE(m_panel->model()->rowCount(), 100);
    QTRY_VERIFY(isSeen(0));
}

/// A peer may be a path: it gets what room there is, until somebody chooses widths.
void TestConnectionsPanel::namesGetTheRoom()
{
    setUp();
    DenseTable& table = *m_panel->table();
    const int peer = int(ConnectionColumn::Peer);
    const int narrow = table.columnWidth(peer);
    m_window->resize(1800, 300);
    m_panel->resize(1800, 300);
    QTRY_VERIFY(table.columnWidth(peer) > narrow + 100);
    m_panel->resize(640, 300);
    QTRY_COMPARE(table.columnWidth(peer), narrow);
    table.setColumnWidth(peer, narrow + 7);
    m_panel->resize(1800, 300);
    QCOMPARE(table.columnWidth(peer), narrow + 7);
}

SOCKEYE_TEST(TestConnectionsPanel)

} // namespace sockeye

#include "tst_connections_panel.moc"
