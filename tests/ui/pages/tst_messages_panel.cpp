// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/messages/messages_connection_box.h"
#include "ui/messages/messages_find_bar.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/widgets/elided_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestMessagesPanel : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void followsUntilScrolledUp();
    void followsAgainAtTheEnd();
    void selectingStopsFollowing();
    void endKeyFollowsAgain();
    void titleClicksSort();
    void sortedTableOffersNewRows();
    void filterKeepsTheSelection();
    void errorsOnly();
    void connectionBoxLists();
    void finds();
    void findsBytesAndSaysWhatIsNoHex();
    void selects();
    void selectsWhatComesLater();
    void copiesRows();
    void restoresItsState_data();
    void restoresItsState();

private:
    void setUp();
    void fill(int messages, quint32 connection = 1);
    [[nodiscard]] QToolButton* followButton() const;
    [[nodiscard]] int topRow() const { return m_panel->table()->rowAt(0); }
    [[nodiscard]] bool isAtEnd() const;

    std::unique_ptr<CaptureFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<MessagesPanel> m_panel;
    int m_filled = 0;
};

void TestMessagesPanel::setUp()
{
    m_filled = 0;
    m_fixture = std::make_unique<CaptureFixture>();
    m_fixture->open(1);
    m_panel = std::make_unique<MessagesPanel>();
    m_panel->resize(640, 300);
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

void TestMessagesPanel::cleanup()
{
    m_panel.reset();
    m_window.reset();
    m_fixture.reset();
}

void TestMessagesPanel::fill(int messages, quint32 connection)
{
    for (int i = 0; i < messages; ++i) {
        m_fixture->in(connection, CaptureFixture::search(QStringLiteral("query %1 ").arg(m_filled++)));
    }
    m_fixture->settle();
    m_panel->model()->takeNew();
}

QToolButton* TestMessagesPanel::followButton() const
{
    return m_panel->table()->findChild<QToolButton*>(QStringLiteral("followButton"));
}

bool TestMessagesPanel::isAtEnd() const
{
    const QScrollBar* bar = m_panel->table()->verticalScrollBar();
    return bar->maximum() > 0 && bar->value() == bar->maximum();
}

void TestMessagesPanel::followsUntilScrolledUp()
{
    setUp();
    fill(100);
    QVERIFY(isAtEnd());
    QVERIFY(followButton()->isHidden());
    m_panel->table()->verticalScrollBar()->setValue(20);
    QVERIFY(!m_panel->table()->isFollowing());
    const int top = topRow();
    fill(50);
    QCOMPARE(topRow(), top);
    QVERIFY(!followButton()->isHidden());
    QCOMPARE(followButton()->text(), QStringLiteral("50 new ↓"));
    QTest::mouseClick(followButton(), Qt::LeftButton);
    QVERIFY(isAtEnd());
    QVERIFY(followButton()->isHidden());
    fill(10);
    QVERIFY(isAtEnd());
}

void TestMessagesPanel::followsAgainAtTheEnd()
{
    setUp();
    fill(100);
    m_panel->table()->verticalScrollBar()->setValue(0);
    QVERIFY(!m_panel->table()->isFollowing());
    m_panel->table()->verticalScrollBar()->setValue(m_panel->table()->verticalScrollBar()->maximum());
    QVERIFY(m_panel->table()->isFollowing());
}

void TestMessagesPanel::selectingStopsFollowing()
{
    setUp();
    fill(100);
    const int row = 95;
    QTest::mouseClick(m_panel->table()->viewport(), Qt::LeftButton, {},
        m_panel->table()->visualRect(m_panel->model()->index(row, 0)).center());
    QCOMPARE(m_panel->currentMessage().row, row);
    const int top = topRow();
    fill(100);
    QCOMPARE(topRow(), top);
    QCOMPARE(m_panel->currentMessage().row, row);
}

void TestMessagesPanel::endKeyFollowsAgain()
{
    setUp();
    fill(100);
    m_panel->table()->verticalScrollBar()->setValue(0);
    m_panel->table()->setFocus();
    QTest::keyClick(m_panel->table(), Qt::Key_End, Qt::ControlModifier);
    QVERIFY(m_panel->table()->isFollowing());
    QCOMPARE(m_panel->currentMessage().row, 99);
    QTest::keyClick(m_panel->table(), Qt::Key_Up);
    QVERIFY(!m_panel->table()->isFollowing());
}

void TestMessagesPanel::titleClicksSort()
{
    setUp();
    fill(30);
    QHeaderView* header = m_panel->table()->horizontalHeader();
    const auto click = [&](MessageColumn column) {
        const int x = header->sectionViewportPosition(int(column)) + 20;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    };
    click(MessageColumn::Size);
    QTRY_VERIFY(!m_panel->model()->isBusy());
    QVERIFY(m_panel->model()->arrangement().sorted);
    QCOMPARE(m_panel->model()->arrangement().order, Qt::AscendingOrder);
    click(MessageColumn::Size);
    QTRY_VERIFY(!m_panel->model()->isBusy());
    QCOMPARE(m_panel->model()->arrangement().order, Qt::DescendingOrder);
    QVERIFY(m_panel->model()->record(0).size > m_panel->model()->record(29).size);
    click(MessageColumn::Size);
    QVERIFY(m_panel->model()->arrangement().isNatural());
    QVERIFY(!header->isSortIndicatorShown());
    click(MessageColumn::Time); // it is in ascending order already
    QTRY_COMPARE(m_panel->model()->captureRow(0), 29);
}

void TestMessagesPanel::sortedTableOffersNewRows()
{
    setUp();
    fill(30);
    m_panel->table()->sortBy(int(MessageColumn::Size), Qt::AscendingOrder);
    QTRY_VERIFY(!m_panel->model()->isBusy());
    fill(5);
    QTRY_VERIFY(!followButton()->isHidden());
    QCOMPARE(m_panel->model()->rowCount(), 30);
    QTest::mouseClick(followButton(), Qt::LeftButton);
    QTRY_COMPARE(m_panel->model()->rowCount(), 35);
    QVERIFY(followButton()->isHidden());
}

void TestMessagesPanel::filterKeepsTheSelection()
{
    setUp();
    m_fixture->open(2);
    for (int i = 0; i < 100; ++i) {
        fill(1, static_cast<quint32>(i % 2 + 1));
    }
    m_panel->table()->goToRow(41);
    QSignalSpy changed(m_panel.get(), &MessagesPanel::currentMessageChanged);
    m_panel->showConnection(2);
    QTRY_COMPARE(m_panel->model()->rowCount(), 50);
    QCOMPARE(m_panel->currentMessage().row, 41);
    QCOMPARE(m_panel->table()->currentIndex().row(), 20);
    m_panel->showConnection(0);
    QCOMPARE(m_panel->model()->rowCount(), 100);
    QCOMPARE(m_panel->currentMessage().row, 41);
    QVERIFY(!m_panel->table()->isFollowing());
    QVERIFY(m_panel->table()->viewport()->rect().intersects(
        m_panel->table()->visualRect(m_panel->table()->currentIndex())));
}

void TestMessagesPanel::errorsOnly()
{
    setUp();
    fill(3);
    m_fixture->writer->error(1, QLatin1StringView("reset"), QStringLiteral("Reset."));
    m_fixture->settle();
    m_panel->model()->takeNew();
    const auto* counts = m_panel->findChild<ElidedLabel*>(QStringLiteral("messageCounts"));
    QCOMPARE(counts->fullText(), QStringLiteral("4 rows, 1 error"));
    for (auto* button : m_panel->findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Errors only")) {
            button->click();
        }
    }
    QTRY_COMPARE(m_panel->model()->rowCount(), 1);
    QTRY_COMPARE(counts->fullText(), QStringLiteral("1 of 4 rows, 1 error"));
}

void TestMessagesPanel::connectionBoxLists()
{
    setUp();
    for (quint32 i = 2; i <= 300; ++i) {
        m_fixture->open(i);
    }
    m_fixture->settle();
    auto* box = m_panel->findChild<MessagesConnectionBox*>();
    QCOMPARE(box->count(), 1);
    m_panel->showConnection(3);
    QCOMPARE(box->currentText(), QStringLiteral("#3  127.0.0.1:40003"));
    Q_EMIT box->aboutToShow();
    QCOMPARE(box->itemData(1).toUInt(), 300U); // the newest first
    QCOMPARE(box->count(), 1 + 200 + 1 + 1); // all, the newest, the chosen one, the remark
    QCOMPARE(box->currentData().toUInt(), 3U);
}

void TestMessagesPanel::finds()
{
    setUp();
    fill(100);
    m_panel->focusFind();
    auto* bar = m_panel->findChild<MessagesFindBar*>();
    auto* edit = bar->findChild<QLineEdit*>();
    QVERIFY(!bar->isHidden());
    QTest::keyClicks(edit, QStringLiteral("query 7"));
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(m_panel->currentMessage().row, 7);
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 70);
    m_panel->findNext(true);
    QTRY_COMPARE(m_panel->currentMessage().row, 7);
    edit->setText(QStringLiteral("nowhere"));
    m_panel->findNext(false);
    QTRY_COMPARE(bar->state(), QStringLiteral("not found"));
    QCOMPARE(m_panel->currentMessage().row, 7);
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(bar->isHidden());
}

void TestMessagesPanel::findsBytesAndSaysWhatIsNoHex()
{
    setUp();
    fill(20);
    m_fixture->in(1, CaptureFixture::binary("\x01\x02\x03"));
    m_fixture->settle();
    m_panel->model()->takeNew();
    m_panel->focusFind();
    auto* bar = m_panel->findChild<MessagesFindBar*>();
    for (auto* button : bar->findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Bytes")) {
            button->click();
        }
    }
    auto* edit = bar->findChild<QLineEdit*>();
    edit->setText(QStringLiteral("01 02 03"));
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 20);
    edit->setText(QStringLiteral("no hex"));
    m_panel->findNext(false);
    QVERIFY(bar->state().startsWith(QStringLiteral("Column ")));
}

void TestMessagesPanel::selects()
{
    setUp();
    fill(10);
    m_fixture->out(1, CaptureFixture::binary("reply"));
    fill(3);
    QSignalSpy changed(m_panel.get(), &MessagesPanel::currentMessageChanged);
    m_panel->selectLast(Direction::Out);
    QCOMPARE(m_panel->currentMessage().row, 10);
    QCOMPARE(changed.size(), 1);
    MessageRef ref;
    ref.capture = m_fixture->capture;
    ref.row = 2;
    m_panel->select(ref);
    QCOMPARE(m_panel->currentMessage().row, 2);
    m_panel->clearSelection();
    QVERIFY(!m_panel->currentMessage().capture);
}

void TestMessagesPanel::selectsWhatComesLater()
{
    setUp();
    fill(1);
    MessageRef ref;
    ref.capture = m_fixture->capture;
    ref.row = 4;
    m_panel->select(ref);
    QCOMPARE(m_panel->currentMessage().row, -1);
    fill(10);
    QCOMPARE(m_panel->currentMessage().row, 4);
}

void TestMessagesPanel::copiesRows()
{
    setUp();
    fill(3);
    m_panel->table()->selectAll();
    QGuiApplication::clipboard()->clear();
    m_panel->copySelection();
    QTRY_COMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 2);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.first().split(u'\t').size(), messageColumnCount - 2); // none has met a rule, none was struck
    QVERIFY(lines.at(1).contains(QStringLiteral("query 1")));
}

void TestMessagesPanel::restoresItsState_data()
{
    QTest::addColumn<QJsonObject>("state");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("wrong types") << QJsonObject { { QStringLiteral("widths"), 7 },
        { QStringLiteral("sortedBy"), QStringLiteral("x") }, { QStringLiteral("errorsOnly"), QJsonArray() } };
    QTest::newRow("out of range") << QJsonObject { { QStringLiteral("widths"), QJsonArray { -1, 1e300, 0, 5, 7 } },
        { QStringLiteral("sortedBy"), 99 } };
}

void TestMessagesPanel::restoresItsState()
{
    setUp();
    QFETCH(QJsonObject, state);
    m_panel->restoreState(state);
    QVERIFY(m_panel->model()->arrangement().isNatural());

    m_panel->table()->setColumnWidth(0, 222);
    m_panel->table()->sortBy(int(MessageColumn::Size), Qt::DescendingOrder);
    const QJsonObject saved = m_panel->saveState();
    MessagesPanel other;
    other.restoreState(saved);
    QCOMPARE(other.table()->columnWidth(0), 222);
    QCOMPARE(other.model()->arrangement(), m_panel->model()->arrangement());
    QCOMPARE(other.saveState(), saved);
}

SOCKEYE_TEST(TestMessagesPanel)

} // namespace sockeye

#include "tst_messages_panel.moc"
