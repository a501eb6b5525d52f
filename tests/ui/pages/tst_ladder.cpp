// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ladder/ladder_words.h"
#include "app/net/io_threads.h"
#include "tests/ui/pages/ladder_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/inspector/inspector.h"
#include "ui/ladder/ladder_panel.h"
#include "ui/ladder/ladder_view.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/page_window.h"

#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScrollBar>
#include <QTableView>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>

namespace sockeye {

class TestLadder : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void tellsTheLesson();
    void selectsTheSameEverywhere();
    void worksByKeyboard();
    void staysWhereOneLooks();
    void followsTheEnd();
    void showsOneConnectionOrAll();
    void showsWhatTheTableHides();
    void isEmpty();
    void comesBack();
    void isInTheMenu();

private:
    void showCapture(const std::shared_ptr<Capture>& capture);
    [[nodiscard]] LadderPanel& ladder() const { return *m_panel->ladder(); }
    [[nodiscard]] LadderView& view() const { return *m_panel->ladder()->view(); }
    [[nodiscard]] qsizetype total() const { return view().picture() ? view().picture()->total : 0; }
    [[nodiscard]] QPoint middleOf(qsizetype step) const { return view().stepRect(step).center(); }
    [[nodiscard]] QStringList labels() const;

    std::unique_ptr<QWidget> m_window;
    MessagesPanel* m_panel = nullptr;
};

void TestLadder::cleanup()
{
    m_window.reset();
    m_panel = nullptr;
}

void TestLadder::showCapture(const std::shared_ptr<Capture>& capture)
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 500); // no room for the table
    m_panel = new MessagesPanel(m_window.get());
    m_panel->resize(m_window->size());
    m_panel->setCapture(capture);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_panel->showView(MessagesView::Ladder);
}

QStringList TestLadder::labels() const
{
    QStringList texts;
    if (view().picture()) {
        for (const LadderStep& step : view().picture()->steps) {
            const QString remark = ladderRemark(step);
            texts += ladderLabel(step, false) + (remark.isEmpty() ? QString() : QString(u", " + remark));
        }
    }
    return texts;
}

/// A server, and a client that sends two requests in one write and one in three pieces, and then throws the connection
/// away.
void TestLadder::tellsTheLesson()
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
    page->showMessagesView(MessagesView::Ladder);
    m_panel = page->messages();

    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), page->server()->address().port);
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QTRY_COMPARE(labels(), QStringList { QStringLiteral("connect, accept") }); // without any message
    const QByteArray first = CaptureFixture::search(QStringLiteral("morpheus"));
    const QByteArray second = CaptureFixture::search(QStringLiteral("ring"));
    const QByteArray third = CaptureFixture::search(QStringLiteral("frodo"));
    client.write(QByteArray(first + second));
    qint64 sent = first.size() + second.size();
    const auto hasCome = [&] {
        const auto connection = page->capture()->connection(1);
        return connection && connection->bytesIn >= sent;
    };
    QTRY_VERIFY(hasCome());
    for (const QByteArray& piece : { third.first(40), third.sliced(40, 30), third.sliced(70) }) {
        client.write(piece);
        client.flush();
        sent += piece.size();
        QTRY_VERIFY(hasCome());
    }
    const auto has = [&](const QString& text) {
        const QStringList told = labels();
        return std::find_if(told.begin(), told.end(), [&](const QString& each) { return each.startsWith(text); })
            - told.begin();
    };
    QTRY_VERIFY(has(QStringLiteral("search \"frodo\", %1 bytes in 3 reads").arg(third.size())) < labels().size());
    QVERIFY(has(QStringLiteral("search \"morpheus\", %1 bytes, shared read").arg(first.size())) < labels().size());
    QVERIFY(has(QStringLiteral("search \"ring\", %1 bytes, shared read").arg(second.size())) < labels().size());

    // The one in pieces is pointed at, and told in words.
    QTest::mouseMove(view().viewport(), middleOf(0));
    QTest::mouseMove(view().viewport(), middleOf(has(QStringLiteral("search \"frodo\""))));
    QTRY_VERIFY(ladder().sentence().contains(QStringLiteral("It came in 3 reads, within ")));
    QVERIFY(ladder().sentence().startsWith(QStringLiteral("The client 127.0.0.1:%1 sent ").arg(client.localPort())));
    QCOMPARE(view().accessibleDescription(), ladder().sentence());
    QCOMPARE(view().accessibleName(), QStringLiteral("Ladder"));
    // The rest of a request, and a reset: both are steps.
    client.write(third.first(9));
    client.flush();
    sent += 9;
    QTRY_VERIFY(hasCome());
    client.abort();
    QTRY_VERIFY(page->capture()->connection(1)->closedAt != 0);
    QTRY_COMPARE(view().picture()->steps.back().kind,
        page->capture()->connection(1)->closeKind == CloseKind::Orderly ? LadderKind::Closed : LadderKind::Reset);
}

void TestLadder::selectsTheSameEverywhere()
{
    const auto made = quickLadder(
        [](LadderFixture& fixture) {
            fixture.open(1);
            fixture.in(1, CaptureFixture::search(QStringLiteral("ring")));
            fixture.in(1, CaptureFixture::search(QStringLiteral("frodo")));
        },
        appProtocol());
    LadderFixture& fixture = *made;
    IoThreads threads(1);
    auto* page = new ServerPage(threads);
    m_panel = page->messages();
    m_panel->setCapture(fixture.capture); // as the page's own would be
    PageWindow window(page);
    window.resize(1400, 1000);
    window.show();
    m_panel->showView(MessagesView::Ladder);
    auto* const inspector = window.findChild<Inspector*>();
    QTRY_COMPARE(total(), 3);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, middleOf(2));
    QTRY_COMPARE(m_panel->table()->currentIndex().row(), 1);
    QTRY_COMPARE(inspector->message().row, 1);
    QCOMPARE(view().currentStep(), 2);
    QVERIFY(ladder().sentence().contains(QStringLiteral("frodo")));
    // What is no message is current here, and leaves the others alone.
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, middleOf(0));
    QCOMPARE(view().currentStep(), 0);
    QVERIFY(ladder().sentence().contains(QStringLiteral(" connected to ")));
    QCOMPARE(inspector->message().row, 1);
    m_panel->table()->goToRow(0);
    QTRY_COMPARE(view().currentStep(), 1);
    QCOMPARE(inspector->message().row, 0);
    window.takePage();
    delete page;
}

void TestLadder::worksByKeyboard()
{
    const auto made = quickLadder([](LadderFixture& fixture) { fixture.fill(1, 300); });
    LadderFixture& fixture = *made;
    showCapture(fixture.capture);
    QTRY_COMPARE(total(), 301);
    QCOMPARE(view().firstStep(), 0); // read from its beginning
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Home);
    QCOMPARE(view().currentStep(), 0);
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(view().currentStep(), 1);
    QCOMPARE(m_panel->currentMessage().row, 0);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().currentStep(), 0);
    QTest::keyClick(&view(), Qt::Key_PageDown);
    QVERIFY(view().currentStep() > 5);
    QTRY_COMPARE(m_panel->currentMessage().row, view().currentStep() - 1);
    QTest::keyClick(&view(), Qt::Key_End);
    QCOMPARE(view().currentStep(), 300);
    QTRY_COMPARE(m_panel->currentMessage().row, 299); // as soon as it was read
    QTRY_VERIFY(ladder().sentence().contains(QStringLiteral("line 299")));
    QVERIFY(view().viewport()->rect().contains(view().stepRect(300)));
    QTest::keyClick(&view(), Qt::Key_PageUp);
    QVERIFY(view().currentStep() < 300);
    QTest::keyClick(&view(), Qt::Key_Home);
    QTRY_VERIFY(ladder().sentence().contains(QStringLiteral(" connected to ")));
    QCOMPARE(view().firstStep(), 0);
}

/// What comes later moves nothing that one looks at.
void TestLadder::staysWhereOneLooks()
{
    LadderFixture fixture;
    fixture.fill(1, 200);
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_VERIFY(total() >= 201);
    view().verticalScrollBar()->setValue(50);
    const qsizetype before = total();
    fixture.in(1, QByteArray("new\n"));
    fixture.settle();
    QTRY_VERIFY(total() > before);
    QCOMPARE(view().firstStep(), 50);
    // A row that was selected before one scrolled on is marked as soon as its step is known, and no more.
    m_panel->findChild<QTableView*>()->selectRow(3);
    view().verticalScrollBar()->setValue(60);
    QTRY_COMPARE(view().currentStep(), 4);
    QCOMPARE(view().firstStep(), 60);
}

void TestLadder::followsTheEnd()
{
    LadderFixture fixture;
    fixture.fill(1, 2);
    fixture.settle();
    showCapture(fixture.capture);
    QTRY_VERIFY(total() >= 3);
    for (int i = 0; i < 200; ++i) {
        fixture.in(1, QByteArray("more\n"));
    }
    fixture.settle();
    QTRY_VERIFY(total() >= 203);
    QTRY_COMPARE(view().firstStep(), view().verticalScrollBar()->maximum());
    QTRY_VERIFY(view().picture()->step(total() - 1) != nullptr);
    const qsizetype before = total();
    view().verticalScrollBar()->setValue(10);
    fixture.in(1, QByteArray("last\n"));
    fixture.settle();
    QTRY_VERIFY(total() > before);
    QCOMPARE(view().firstStep(), 10);
}

void TestLadder::showsOneConnectionOrAll()
{
    const auto made = quickLadder([](LadderFixture& fixture) {
        fixture.fill(1, 4);
        fixture.fill(2, 2);
    });
    LadderFixture& fixture = *made;
    showCapture(fixture.capture);
    QTRY_COMPARE(total(), 8);
    QCOMPARE(view().picture()->leftColumns, 2);
    m_panel->showConnection(2);
    QTRY_COMPARE(total(), 3);
    QCOMPARE(view().picture()->connection, 2U);
    m_panel->showConnection(0);
    QTRY_COMPARE(total(), 8);
    // Another reading of the same keeps the connection.
    m_panel->showConnection(1);
    QTRY_COMPARE(total(), 5);
    m_panel->showReading(fixture.capture);
    QTRY_COMPARE(total(), 5);
}

void TestLadder::showsWhatTheTableHides()
{
    const auto made = quickLadder([](LadderFixture& fixture) { fixture.fill(1, 2); });
    LadderFixture& fixture = *made;
    showCapture(fixture.capture);
    m_panel->restoreState({ { QStringLiteral("errorsOnly"), true }, { QStringLiteral("showsLadder"), true } });
    QTRY_COMPARE(m_panel->model()->rowCount(), 0);
    QTRY_COMPARE(total(), 3);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(m_panel->currentMessage().row, 0);
    QCOMPARE(view().currentStep(), 1);
}

void TestLadder::isEmpty()
{
    showCapture(nullptr);
    QVERIFY(ladder().sentence().isEmpty());
    LadderFixture fixture;
    m_panel->setCapture(fixture.capture);
    QTRY_VERIFY(view().picture());
    for (const int key : { Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_End, Qt::Key_PageDown }) {
        QTest::keyClick(&view(), static_cast<Qt::Key>(key));
    }
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().rect().center());
    QCOMPARE(m_panel->currentMessage().row, -1);
    QCOMPARE(view().currentStep(), -1);
    fixture.fill(3, 1);
    fixture.settle();
    QTRY_VERIFY(total() >= 2); // and then it is no more
}

void TestLadder::comesBack()
{
    MessagesPanel panel;
    panel.showView(MessagesView::Ladder);
    const QJsonObject state = panel.saveState();
    MessagesPanel other;
    other.restoreState(state);
    QCOMPARE(other.view(), MessagesView::Ladder);
    QVERIFY(!other.ladder()->isHidden());
    other.showView(MessagesView::Lanes);
    QVERIFY(other.ladder()->isHidden());
    panel.restoreState(other.saveState());
    QCOMPARE(panel.view(), MessagesView::Lanes);
}

void TestLadder::isInTheMenu()
{
    LadderFixture fixture;
    fixture.fill(1, 1);
    fixture.settle();
    IoThreads threads(1);
    auto* page = new ServerPage(threads);
    m_panel = page->messages();
    PageWindow window(page);
    window.show();
    const auto action = [&](const QString& text) -> QAction* {
        for (QAction* const menu : window.menuBar()->actions()) {
            Q_EMIT menu->menu()->aboutToShow();
            for (QAction* const each : menu->menu()->actions()) {
                if (each->text().remove(u'&') == text) {
                    return each;
                }
            }
        }
        return nullptr;
    };
    QAction* const ladderAction = action(QStringLiteral("Messages as a ladder"));
    QVERIFY(ladderAction != nullptr && ladderAction->isEnabled() && !ladderAction->isChecked());
    ladderAction->trigger();
    QCOMPARE(m_panel->view(), MessagesView::Ladder);
    m_panel->showView(MessagesView::Lanes);
    QVERIFY(action(QStringLiteral("Messages as lanes"))->isChecked());
    QVERIFY(action(QStringLiteral("Save ladder…")) != nullptr);
    window.takePage();
    delete page;
}

SOCKEYE_TEST(TestLadder)

} // namespace sockeye

#include "tst_ladder.moc"
