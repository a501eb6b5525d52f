// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/reading/capture_help.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/ui/window/window_test.h"
#include "ui/latency/latency_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"

#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestLatencyPanel : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void saysLatencies();
    void goesOnLive();
    void drawsNothingUnseen();
    void choosesByClick();
    void choosesByKeys();
    void zooms();
    void followsTheConnection();
    void keepsItsLook();
    void standsBesideTheTable();

private:
    void exchange(int count, quint32 connection = 1);
    void show(LatencyPanel& panel);

    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
};

void TestLatencyPanel::init()
{
    WindowTest::init();
    m_writer.reset();
    m_capture = Capture::create({});
    m_writer = std::make_unique<CaptureWriter>(m_capture);
    m_writer->opened(1, factsFor(40'001));
    m_writer->opened(2, factsFor(40'002));
}

void TestLatencyPanel::exchange(int count, quint32 connection)
{
    for (int i = 0; i < count; ++i) {
        m_writer->chunk(connection, Direction::In, jsonMessage("[1]"));
        m_writer->chunk(connection, Direction::Out, jsonMessage("[2]"));
    }
    m_writer->flush();
    waitUntilIdle(*m_capture);
}

void TestLatencyPanel::show(LatencyPanel& panel)
{
    panel.resize(800, 300);
    panel.setCapture(m_capture);
    panel.show();
}

void TestLatencyPanel::saysLatencies()
{
    exchange(100);
    LatencyPanel panel;
    show(panel);
    QTRY_VERIFY2(panel.sentence().contains(u"of 100 replies."), qPrintable(panel.sentence()));
    QVERIFY(panel.sentence().startsWith(u"Median "));
    QCOMPARE(panel.plot()->accessibleDescription(), panel.sentence());
    QVERIFY(!panel.grab().isNull());
    panel.setCapture(nullptr);
    QCOMPARE(panel.sentence(), QString());
    QVERIFY(!panel.grab().isNull());
}

void TestLatencyPanel::goesOnLive()
{
    LatencyPanel panel;
    show(panel);
    QTRY_COMPARE(panel.sentence(), QStringLiteral("No reply is seen."));
    exchange(2);
    QTRY_VERIFY(panel.sentence().contains(u"of 2 replies."));
    m_writer->error(1, QLatin1StringView("timed-out"), QStringLiteral("No reply."));
    m_writer->flush();
    QTRY_VERIFY(panel.sentence().contains(u"of 2 replies. One error."));
}

void TestLatencyPanel::drawsNothingUnseen()
{
    exchange(2);
    LatencyPanel panel;
    panel.setCapture(m_capture);
    QVERIFY(panel.picture() == nullptr);
    show(panel);
    QTRY_VERIFY(panel.picture() != nullptr);
}

void TestLatencyPanel::choosesByClick()
{
    exchange(1);
    LatencyPanel panel;
    show(panel);
    QTRY_VERIFY(panel.picture() && !panel.picture()->columns.empty());
    QCoreApplication::processEvents();
    const QSignalSpy chosen(&panel, &LatencyPanel::messageChosen);
    const LatencyPoint reply = panel.picture()->columns.front().longest;
    const QPoint place = panel.plot()->placeOf(reply);
    QVERIFY(panel.plot()->nearest(place));
    QCOMPARE(panel.plot()->nearest(place)->row, reply.row);
    QVERIFY(!panel.plot()->nearest(place + QPoint(-60, 0)));
    auto* const canvas = panel.plot()->childAt(place);
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->mapFrom(panel.plot(), place));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<MessageRef>().row, reply.row);
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->mapFrom(panel.plot(), place + QPoint(-60, 0)));
    QCOMPARE(chosen.size(), 1);
}

void TestLatencyPanel::choosesByKeys()
{
    exchange(3);
    LatencyPanel panel;
    show(panel);
    QTRY_VERIFY(panel.picture() && !panel.picture()->columns.empty());
    QList<qsizetype> rows;
    connect(&panel, &LatencyPanel::messageChosen, &panel, [&](const MessageRef& message) {
        rows.append(message.row);
        panel.showMessage(message);
    });
    const std::vector<LatencyColumn> columns = panel.picture()->columns;
    for (std::size_t i = 0; i <= columns.size(); ++i) {
        QTest::keyClick(panel.plot(), Qt::Key_Right);
    }
    QCOMPARE(rows.first(), columns.front().longest.row);
    QCOMPARE(rows.last(), columns.back().longest.row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        QTest::keyClick(panel.plot(), Qt::Key_Left);
    }
    QCOMPARE(rows.last(), columns.front().longest.row);
}

void TestLatencyPanel::zooms()
{
    exchange(200);
    LatencyPanel panel;
    show(panel);
    QTRY_VERIFY(panel.picture());
    const qint64 all = panel.picture()->end - panel.picture()->begin;
    QTest::keyClick(panel.plot(), Qt::Key_Plus);
    QTRY_VERIFY(panel.picture()->end - panel.picture()->begin < all);
    const qint64 begin = panel.picture()->begin;
    QVERIFY(begin > panel.picture()->first);
    QVERIFY(panel.picture()->latencies.count() < 200);
    QTest::keyClick(panel.plot(), Qt::Key_0);
    QTRY_COMPARE(panel.picture()->end - panel.picture()->begin, all);
    QTest::keyClick(panel.plot(), Qt::Key_Minus);
    QTRY_COMPARE(panel.picture()->end - panel.picture()->begin, all);
}

void TestLatencyPanel::followsTheConnection()
{
    exchange(3, 1);
    exchange(4, 2);
    LatencyPanel panel;
    show(panel);
    QTRY_VERIFY(panel.sentence().contains(u"of 7 replies."));
    panel.showConnection(2);
    QTRY_VERIFY(panel.sentence().contains(u"of 4 replies."));
    QVERIFY(panel.sentence().startsWith(u"Connection #2: "));
    panel.showConnection(0);
    QTRY_VERIFY(panel.sentence().contains(u"of 7 replies."));
}

void TestLatencyPanel::keepsItsLook()
{
    LatencyPanel panel;
    panel.findChild<QSpinBox*>()->setValue(7);
    panel.findChild<QToolButton*>()->setChecked(false);
    LatencyPanel other;
    other.restoreState(panel.saveState());
    QCOMPARE(other.findChild<QSpinBox*>()->value(), 7);
    QVERIFY(!other.findChild<QToolButton*>()->isChecked());
    other.restoreState({});
    QCOMPARE(other.findChild<QSpinBox*>()->value(), static_cast<int>(usualIdleFactor));
    QVERIFY(other.findChild<QToolButton*>()->isChecked());
}

void TestLatencyPanel::standsBesideTheTable()
{
    exchange(5);
    MessagesPanel panel;
    panel.resize(900, 700);
    panel.setCapture(m_capture);
    panel.show();
    QVERIFY(!panel.latency()->isVisible());
    panel.showView(MessagesView::Latency);
    QVERIFY(panel.latency()->isVisible() && panel.table()->isVisible());
    QTRY_VERIFY(panel.latency()->picture() != nullptr);
    Q_EMIT panel.latency()->plot()->chosen(panel.latency()->picture()->columns.front().longest);
    QCOMPARE(panel.currentMessage().row, panel.latency()->picture()->columns.front().longest.row);
    MessagesPanel other;
    other.restoreState(panel.saveState());
    other.resize(900, 700);
    other.show();
    QVERIFY(other.latency()->isVisible());
    other.showView(MessagesView::Table);
    QVERIFY(!other.latency()->isVisible());
}

SOCKEYE_TEST(TestLatencyPanel)

} // namespace sockeye

#include "tst_latency_panel.moc"
