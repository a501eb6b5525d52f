// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/lanes/lane_words.h"
#include "app/net/io_threads.h"
#include "protocol/protocols/app/message.h"
#include "tests/ui/models/capture_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/inspector.h"
#include "ui/lanes/lanes_panel.h"
#include "ui/lanes/lanes_ruler.h"
#include "ui/lanes/lanes_view.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/page_window.h"

#include <QCheckBox>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

namespace sockeye {

class TestLanes : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void tellsWhatCameTogetherAndWhatInPieces();
    void selectsTheSameEverywhere();
    void worksByKeyboard();
    void zoomsAndMoves();
    void showsTheSameOverTime();
    void staysWhereOneLooks();
    void isEmpty();
    void showsWhatTheTableHides();
    void hasRoundNumbers_data();
    void hasRoundNumbers();

private:
    void showCapture(const std::shared_ptr<Capture>& capture);
    [[nodiscard]] QPoint middleOf(LaneId lane, qsizetype box) const;
    [[nodiscard]] LanesView& view() const { return *m_panel->lanes()->view(); }
    [[nodiscard]] QLabel* sentence() const
    {
        return m_panel->lanes()->findChild<QLabel*>(QStringLiteral("lanesSentence"));
    }
    [[nodiscard]] std::size_t count(LaneId lane) const
    {
        return view().picture() ? view().picture()->of(lane.direction).of(lane.kind).size() : 0;
    }

    std::unique_ptr<QWidget> m_window;
    MessagesPanel* m_panel = nullptr;
};

namespace {

constexpr LaneId reads { Direction::In, LaneKind::Calls };
constexpr LaneId requests { Direction::In, LaneKind::Messages };
constexpr LaneId fieldsIn { Direction::In, LaneKind::Fields };

} // namespace

void TestLanes::cleanup()
{
    m_window.reset();
    m_panel = nullptr;
}

void TestLanes::showCapture(const std::shared_ptr<Capture>& capture)
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 700);
    m_panel = new MessagesPanel(m_window.get());
    m_panel->resize(m_window->size());
    m_panel->setCapture(capture);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_panel->showLanes(true);
}

QPoint TestLanes::middleOf(LaneId lane, qsizetype box) const
{
    const LaneBox& found = view().picture()->of(lane.direction).of(lane.kind).at(static_cast<std::size_t>(box));
    const QRect area = view().lanesGeometry().lane(lane);
    const double x = (view().scale().x(found.begin) + view().scale().x(found.end)) / 2;
    return { area.left() + static_cast<int>(x), area.center().y() };
}

/// A server, and a client that sends two requests in one write and one in three pieces.
void TestLanes::tellsWhatCameTogetherAndWhatInPieces()
{
    IoThreads threads(1);
    auto page = std::make_unique<ServerPage>(threads);
    page->resize(1000, 900);
    page->setPort(0);
    const QList<QCheckBox*> boxes = page->findChildren<QCheckBox*>();
    for (QCheckBox* const box : boxes) {
        box->setChecked(box->isChecked() || box->accessibleName() == QStringLiteral("Persistent connections"));
    }
    page->start();
    QTRY_VERIFY(page->isActive());
    page->show();
    m_panel = page->messages();
    m_panel->showLanes(true);

    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), page->server()->address().port);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    const QByteArray first = CaptureFixture::search(QStringLiteral("morpheus"));
    const QByteArray second = CaptureFixture::search(QStringLiteral("ring"));
    const QByteArray third = CaptureFixture::search(QStringLiteral("frodo"));
    client.write(QByteArray(first + second));
    const auto hasCome = [&](qint64 bytes) {
        const auto connection = page->capture()->connection(1);
        return connection && connection->bytesIn >= bytes;
    };
    qint64 sent = first.size() + second.size();
    QTRY_VERIFY(hasCome(sent));
    for (const QByteArray& piece : { third.first(40), third.sliced(40, 30), third.sliced(70) }) {
        client.write(piece);
        client.flush();
        sent += piece.size();
        QTRY_VERIFY(hasCome(sent));
    }
    QTRY_COMPARE(count(requests), std::size_t { 3 });
    QTRY_COMPARE(count(reads), std::size_t { 4 });

    // The read of the two is pointed at.
    QTest::mouseMove(&view(), middleOf(reads, 1));
    QTest::mouseMove(&view(), middleOf(reads, 0));
    QTRY_VERIFY(sentence()->text().startsWith(QStringLiteral("2 messages came in one read. ")));
    QCOMPARE(view().accessibleDescription(), sentence()->text());
    QCOMPARE(view().accessibleName(), QStringLiteral("Lanes"));
    // One of the two, and the one in pieces, are selected in the table.
    QTest::mouseMove(&view(), QPoint(1, 1));
    QTRY_COMPARE(m_panel->model()->rowCount(), 6); // with the replies
    const auto selectInTable = [&](qsizetype box) {
        const qsizetype row =
            view().picture()->of(Direction::In).of(LaneKind::Messages)[static_cast<std::size_t>(box)].row;
        m_panel->table()->goToRow(m_panel->model()->rowOf(row));
    };
    selectInTable(1);
    QTRY_COMPARE(sentence()->text(), QStringLiteral("2 messages came in one read. This is number 2 of them."));
    selectInTable(2);
    static const QRegularExpression inPieces(
        QStringLiteral("^This message came in 3 reads, \\S+ \\S+( to \\S+ \\S+)? apart\\.$"));
    QTRY_VERIFY2(inPieces.match(sentence()->text()).hasMatch(), qPrintable(sentence()->text()));
    QCOMPARE(view().accessibleDescription(), sentence()->text());
}

void TestLanes::selectsTheSameEverywhere()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("ring"));
    fixture.in(1, message);
    fixture.in(1, message);
    fixture.settle();
    IoThreads threads(1);
    auto* page = new ServerPage(threads);
    m_panel = page->messages();
    m_panel->setCapture(fixture.capture); // as the page's own would be
    PageWindow window(page);
    window.resize(1400, 900);
    window.show();
    m_panel->showLanes(true);
    auto* const inspector = window.findChild<Inspector*>();
    QTRY_VERIFY(count(fieldsIn) > 4);

    const auto& fields = view().picture()->of(Direction::In).of(LaneKind::Fields);
    const auto found = std::find_if(fields.begin(), fields.end(),
        [&](const LaneBox& box) { return box.row == 1 && box.count == 1 && box.size > 10; });
    QVERIFY(found != fields.end());
    const LaneBox field = *found;
    QTest::mouseClick(&view(), Qt::LeftButton, {}, middleOf(fieldsIn, found - fields.begin()));
    QTRY_COMPARE(m_panel->table()->currentIndex().row(), 1);
    QTRY_COMPARE(inspector->message().row, 1);
    QTRY_COMPARE(inspector->bytes()->selectionSize(), field.size);
    QCOMPARE(inspector->bytes()->selectionOffset(), field.offset - message.size());
    // A read selects its bytes.
    QTest::mouseClick(&view(), Qt::LeftButton, {}, middleOf(reads, 0));
    QTRY_COMPARE(inspector->bytes()->selectionSize(), message.size());
    QCOMPARE(inspector->message().row, 0);
    window.takePage();
    delete page;
}

void TestLanes::worksByKeyboard()
{
    CaptureFixture fixture;
    fixture.open(1);
    for (int i = 0; i < 5; ++i) {
        fixture.in(1, CaptureFixture::search(QStringLiteral("ring")));
    }
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_COMPARE(count(requests), std::size_t { 5 });
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Right);
    QCOMPARE(m_panel->currentMessage().row, 0);
    QTest::keyClick(&view(), Qt::Key_Right);
    QCOMPARE(m_panel->currentMessage().row, 1);
    QCOMPARE(sentence()->text(), QStringLiteral("This message came in one read of its own."));
    QTest::keyClick(&view(), Qt::Key_Up);
    QVERIFY(sentence()->text().startsWith(QStringLiteral("This read carried one whole message.")));
    QCOMPARE(m_panel->currentMessage().row, 1);
    QTest::keyClick(&view(), Qt::Key_Left);
    QCOMPARE(m_panel->currentMessage().row, 0);
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Down);
    QVERIFY2(sentence()->text().contains(QStringLiteral(" bytes)")), qPrintable(sentence()->text()));
    const qint64 whole = view().scale().span();
    QTest::keyClick(&view(), Qt::Key_Plus);
    QVERIFY(view().scale().span() < whole);
    QTest::keyClick(&view(), Qt::Key_0);
    QCOMPARE(view().scale().span(), whole);
}

void TestLanes::zoomsAndMoves()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("ring"));
    for (int i = 0; i < 400; ++i) {
        fixture.in(1, message);
    }
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_VERIFY(count(requests) > 0);
    QTRY_COMPARE(view().extent().end, message.size() * 400);
    const LanesGeometry geometry = view().lanesGeometry();
    const QPointF place(geometry.plot().left() + 200.0, geometry.lane(requests).center().y());
    const qint64 under = view().scale().value(200);
    const auto wheel = [&](int angle, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(
            place, view().mapToGlobal(place), {}, { 0, angle }, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view(), &event);
    };
    for (int i = 0; i < 60; ++i) {
        wheel(120, Qt::ControlModifier);
    }
    QCOMPARE(view().scale().span(), leastSpan(LaneAxis::Offset, geometry.plot().width())); // single bytes
    QVERIFY(qAbs(view().scale().value(200) - under) <= 2); // what is under the pointer stays there
    QTRY_VERIFY(view().isUpToDate() && view().picture()->scale == view().scale());
    QVERIFY(count(requests) <= 2);
    const qint64 from = view().scale().from;
    wheel(-120, {});
    QVERIFY(view().scale().from > from);
    // Dragging moves what is under the pointer along, and selects nothing.
    QSignalSpy chosen(m_panel->lanes(), &LanesPanel::messageChosen);
    const LaneScale before = view().scale();
    const QPoint start = place.toPoint();
    QTest::mousePress(&view(), Qt::LeftButton, {}, start);
    QTest::mouseMove(&view(), start + QPoint(-60, 0));
    QTest::mouseMove(&view(), start + QPoint(-120, 0));
    QTest::mouseRelease(&view(), Qt::LeftButton, {}, start + QPoint(-120, 0));
    QVERIFY(view().scale().from > before.from);
    QVERIFY(chosen.isEmpty());
    view().moveTo(1);
    QCOMPARE(view().scale().to, view().extent().end);
    view().showAll();
    QCOMPARE(view().scale().to - view().scale().from, message.size() * 400);
    // What is too fine to be drawn each is told as a number.
    m_panel->resize(240, 700);
    QTRY_VERIFY(view().isUpToDate() && count(requests) > 0
        && view().picture()->of(Direction::In).of(LaneKind::Messages).front().count > 1);
}

void TestLanes::showsTheSameOverTime()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("ring"));
    fixture.in(1, QByteArray(message + message));
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_COMPARE(count(requests), std::size_t { 2 });
    const QList<QToolButton*> buttons = m_panel->lanes()->findChildren<QToolButton*>();
    const auto byTime = std::find_if(buttons.begin(), buttons.end(),
        [](const QToolButton* each) { return each->accessibleName() == QStringLiteral("By time"); });
    QVERIFY(byTime != buttons.end());
    (*byTime)->click();
    QTRY_VERIFY(view().picture() && view().picture()->axis == LaneAxis::Time);
    QTRY_COMPARE(count(reads), std::size_t { 1 });
    QTest::mouseMove(&view(), middleOf(requests, 0) - QPoint(30, 0));
    QTest::mouseMove(&view(), middleOf(requests, 0));
    QTRY_COMPARE(sentence()->text(), QStringLiteral("2 messages came in one read."));
    const QJsonObject state = m_panel->saveState();
    MessagesPanel other;
    other.restoreState(state);
    QCOMPARE(other.lanes()->view()->axis(), LaneAxis::Time);
    QVERIFY(!other.lanes()->isHidden());
}

/// What comes later moves nothing that one looks at.
void TestLanes::staysWhereOneLooks()
{
    CaptureFixture fixture;
    fixture.open(1);
    const QByteArray message = CaptureFixture::search(QStringLiteral("ring"));
    for (int i = 0; i < 100; ++i) {
        fixture.in(1, message);
    }
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_COMPARE(view().extent().end, message.size() * 100);
    view().zoom(8);
    const LaneScale before = view().scale();
    for (int i = 0; i < 100; ++i) {
        fixture.in(1, message);
    }
    fixture.settle();
    QTRY_COMPARE(view().extent().end, message.size() * 200);
    QCOMPARE(view().scale(), before);
    // Another reading of the same bytes is no other place.
    const auto anew = fixture.capture->readAnew(plainProtocol(), {});
    waitUntilIdle(*anew);
    m_panel->setCapture(anew);
    QTRY_VERIFY(view().picture() && view().isUpToDate());
    QCOMPARE(view().scale(), before);
    view().showAll();
    fixture.in(1, message);
    fixture.settle();
    QTRY_COMPARE(view().scale().to, message.size() * 201); // but all stays all
}

void TestLanes::isEmpty()
{
    showCapture(nullptr);
    QVERIFY(sentence()->text().isEmpty());
    CaptureFixture fixture;
    m_panel->setCapture(fixture.capture);
    QTRY_VERIFY(view().picture() && view().picture()->connection == 0);
    for (const int key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Return, Qt::Key_Plus,
             Qt::Key_Minus, Qt::Key_End, Qt::Key_PageDown }) {
        QTest::keyClick(&view(), static_cast<Qt::Key>(key));
    }
    QTest::mouseClick(&view(), Qt::LeftButton, {}, view().rect().center());
    QCOMPARE(m_panel->currentMessage().row, -1);
    fixture.open(3);
    fixture.in(3, CaptureFixture::search(QStringLiteral("ring")));
    fixture.settle();
    QTRY_COMPARE(count(requests), std::size_t { 1 }); // and then it is no more
}

void TestLanes::showsWhatTheTableHides()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("ring")));
    fixture.settle();
    showCapture(fixture.capture);
    m_panel->restoreState({ { QStringLiteral("errorsOnly"), true }, { QStringLiteral("showsLanes"), true } });
    QTRY_COMPARE(m_panel->model()->rowCount(), 0);
    QTRY_COMPARE(count(requests), std::size_t { 1 });
    QSignalSpy changed(m_panel, &MessagesPanel::currentMessageChanged);
    QTest::mouseClick(&view(), Qt::LeftButton, {}, middleOf(requests, 0));
    QCOMPARE(m_panel->currentMessage().row, 0);
    QVERIFY(!changed.isEmpty());
}

void TestLanes::hasRoundNumbers_data()
{
    QTest::addColumn<LaneScale>("scale");
    QTest::addColumn<bool>("time");
    QTest::addColumn<QString>("expected");
    QTest::newRow("bytes") << LaneScale { 0, 1000, 1000 } << false << "0 200 400 600 800";
    QTest::newRow("from anywhere") << LaneScale { 301, 1301, 1000 } << false << "400 600 800 1,000 1,200";
    QTest::newRow("single bytes") << LaneScale { 7, 12, 1000 } << false << "7 8 9 10 11";
    QTest::newRow("before the beginning") << LaneScale { -500, 500, 500 } << false << "-500 0";
    QTest::newRow("seconds") << LaneScale { 0, 2'000'000'000, 500 } << true << "0 s 1 s";
    QTest::newRow("milliseconds") << LaneScale { 0, 10'000'000, 500 } << true << "0.000 s 0.005 s";
    QTest::newRow("no width") << LaneScale { 0, 1000, 0 } << false << "0";
}

void TestLanes::hasRoundNumbers()
{
    QFETCH(const LaneScale, scale);
    QFETCH(const bool, time);
    QStringList texts;
    for (const RulerTick& tick : rulerTicks(time ? LaneAxis::Time : LaneAxis::Offset, scale, 150)) {
        texts += tick.text;
    }
    QTEST(texts.join(u' '), "expected");
}

SOCKEYE_TEST(TestLanes)

} // namespace sockeye

#include "tst_lanes.moc"
