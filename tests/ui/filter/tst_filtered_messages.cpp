// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "tests/testcase.h"
#include "tests/ui/models/capture_fixture.h"
#include "ui/filter/filter_bar.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/filter_shelf.h"
#include "ui/messages/messages_find_bar.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/widgets/elided_label.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestFilteredMessages : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void showsWhatMatches();
    void followsWhatComes();
    void sorts();
    void keepsTheSelection();
    void saysWhatLacks();
    void stops();
    void findsByFields();
    void findsByLatencyAndSelection();
    void anotherProtocolIsCheckedAnew();
    void exportsWhatIsShown();
    void menuOfACell();
    void restores();

private:
    void fill(int messages);
    void setFilter(const QString& text);
    [[nodiscard]] QString counts() const
    {
        return m_panel->findChild<ElidedLabel*>(QStringLiteral("messageCounts"))->fullText();
    }
    [[nodiscard]] MessagesModel& model() const { return *m_panel->model(); }

    std::unique_ptr<CaptureFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    MessagesPanel* m_panel = nullptr;
    int m_filled = 0;
};

void TestFilteredMessages::init()
{
    // The platform that paints nowhere warns of lists that pop up.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
    FilterShelf::instance().restore({});
    m_filled = 0;
    m_fixture = std::make_unique<CaptureFixture>();
    m_fixture->open(1);
    m_window = std::make_unique<QWidget>();
    m_window->resize(700, 300);
    m_panel = new MessagesPanel(m_window.get());
    m_panel->resize(m_window->size());
    m_panel->setCapture(m_fixture->capture);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestFilteredMessages::cleanup()
{
    m_window.reset();
    m_fixture.reset();
}

/// Values 0, 1, 2, 3 and again.
void TestFilteredMessages::fill(int messages)
{
    for (int i = 0; i < messages; ++i) {
        m_fixture->in(1, CaptureFixture::search(QString(m_filled % 4 + 1, QChar(u'0' + m_filled % 4))));
        ++m_filled;
    }
    m_fixture->settle();
    model().takeNew();
}

void TestFilteredMessages::setFilter(const QString& text)
{
    m_panel->findChild<FilterBar*>()->setText(text);
    QVERIFY(!m_panel->findChild<FilterBar*>()->hasMistake());
    QTRY_VERIFY(!model().isBusy());
}

void TestFilteredMessages::showsWhatMatches()
{
    const QAbstractItemModelTester tester(&model());
    fill(100);
    setFilter(QStringLiteral("json.value == \"2222\" || json.value == \"111\""));
    QCOMPARE(model().rowCount(), 0);
    setFilter(QStringLiteral("json.value == \"222\""));
    QCOMPARE(model().rowCount(), 25);
    QCOMPARE(model().captureRow(1), 6);
    QCOMPARE(model().rowOf(6), 1);
    QCOMPARE(model().rowOf(7), -1);
    QCOMPARE(counts(), QStringLiteral("25 of 100 rows"));
    setFilter({});
    QCOMPARE(model().rowCount(), 100);
    QCOMPARE(counts(), QStringLiteral("100 rows"));
}

void TestFilteredMessages::followsWhatComes()
{
    const QAbstractItemModelTester tester(&model());
    setFilter(QStringLiteral("json.value == \"0\""));
    QCOMPARE(model().rowCount(), 0);
    fill(8);
    QTRY_COMPARE(model().rowCount(), 2);
    fill(400);
    QTRY_COMPARE(model().rowCount(), 102);
    QVERIFY(m_panel->table()->isFollowing());
    QCOMPARE(m_panel->table()->rowAt(m_panel->table()->viewport()->height() - 4), 101);
    m_panel->table()->goToRow(3);
    fill(40);
    QTRY_COMPARE(model().rowCount(), 112);
    QCOMPARE(m_panel->table()->newRows(), 10);
}

void TestFilteredMessages::sorts()
{
    fill(40);
    setFilter(QStringLiteral("json.value in {\"0\", \"333\", \"3333\"}"));
    QTRY_COMPARE(model().rowCount(), 20);
    m_panel->table()->sortBy(int(MessageColumn::Size), Qt::DescendingOrder);
    QTRY_VERIFY(!model().isBusy());
    QCOMPARE(model().rowCount(), 20);
    QCOMPARE(model().captureRow(0), 3);
    QCOMPARE(model().captureRow(10), 0);
    fill(8);
    QTRY_COMPARE(model().waiting(), 4);
    m_panel->table()->follow();
    QTRY_COMPARE(model().rowCount(), 24);
    m_panel->table()->clearSort();
    QTRY_COMPARE(model().captureRow(1), 3);
    QCOMPARE(model().rowCount(), 24);
}

void TestFilteredMessages::keepsTheSelection()
{
    fill(100);
    m_panel->table()->goToRow(42);
    setFilter(QStringLiteral("json.value == \"222\""));
    QCOMPARE(m_panel->currentMessage().row, 42);
    setFilter({});
    QCOMPARE(m_panel->currentMessage().row, 42);
    setFilter(QStringLiteral("json.value == \"0\""));
    QCOMPARE(m_panel->currentMessage().row, -1);
    setFilter({});
    QCOMPARE(m_panel->currentMessage().row, 42); // it was in mind all the time
}

void TestFilteredMessages::saysWhatLacks()
{
    fill(4);
    m_fixture->in(1, CaptureFixture::binary("\x01"));
    m_fixture->writer->note(1, QStringLiteral("Worth knowing."));
    m_fixture->settle();
    setFilter(QStringLiteral("json.value == \"0\""));
    QTRY_COMPARE(counts(), QStringLiteral("1 of 6 rows, 2 lack the field"));
    setFilter(QStringLiteral("rule == \"a\""));
    QTRY_COMPARE(counts(), QStringLiteral("No message here has that field. (0 of 6 rows, 6 lack the field)"));
}

void TestFilteredMessages::stops()
{
    fill(4);
    setFilter(QStringLiteral("size > 0"));
    model().stopFiltering();
    fill(4);
    QCOMPARE(model().rowCount(), 4);
    QCOMPARE(counts(), QStringLiteral("4 of 8 rows: stopped at 50 %"));
    setFilter(QStringLiteral("size > 1"));
    QCOMPARE(model().rowCount(), 8);
}

void TestFilteredMessages::findsByFields()
{
    fill(100);
    m_panel->focusFind();
    auto* bar = m_panel->findChild<MessagesFindBar*>();
    for (auto* button : bar->findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Fields")) {
            button->click();
        }
    }
    auto* edit = bar->findChild<QLineEdit*>();
    edit->setText(QStringLiteral("json.value == \"333\""));
    m_panel->findNext(false);
    QTRY_COMPARE(bar->state(), QStringLiteral("not found"));
    edit->setText(QStringLiteral("json.value == \"3333\""));
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 3);
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 7);
    m_panel->findNext(true);
    QTRY_COMPARE(m_panel->currentMessage().row, 3);
    edit->setText(QStringLiteral("json.value =="));
    m_panel->findNext(false);
    QVERIFY(!bar->state().isEmpty());
    QCOMPARE(m_panel->currentMessage().row, 3);
}

void TestFilteredMessages::findsByLatencyAndSelection()
{
    fill(8);
    m_fixture->out(1, CaptureFixture::binary("\x01"));
    m_fixture->settle();
    model().takeNew();
    m_panel->focusFind();
    auto* bar = m_panel->findChild<MessagesFindBar*>();
    for (auto* button : bar->findChildren<QToolButton*>()) {
        if (button->text() == QStringLiteral("Fields")) {
            button->click();
        }
    }
    auto* edit = bar->findChild<QLineEdit*>();
    m_panel->table()->goToRow(2);
    edit->setText(QStringLiteral("json.value == $json.value"));
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 6);
    edit->setText(QStringLiteral("latency >= 0"));
    m_panel->findNext(false);
    QTRY_COMPARE(m_panel->currentMessage().row, 8);
}

void TestFilteredMessages::anotherProtocolIsCheckedAnew()
{
    fill(4);
    setFilter(QStringLiteral("size > 1 && json.value == \"0\""));
    QCOMPARE(model().rowCount(), 1);
    const auto http = protocolFromName(QStringLiteral("http"));
    QVERIFY(http);
    setFilter(QStringLiteral("json.value == \"0\""));
    const std::shared_ptr<Capture> other = m_fixture->capture->readAnew(*http, {});
    waitUntilIdle(*other);
    m_panel->showReading(other);
    auto* bar = m_panel->findChild<FilterBar*>();
    QCOMPARE(bar->hasMistake(), false);
    QTRY_COMPARE(model().rowCount(), 0); // no message of HTTP has it
    const std::shared_ptr<Capture> again = m_fixture->capture->readAnew(appProtocol(), {});
    waitUntilIdle(*again);
    m_panel->showReading(again);
    QTRY_COMPARE(model().rowCount(), 1);
}

void TestFilteredMessages::exportsWhatIsShown()
{
    fill(100);
    setFilter(QStringLiteral("json.value == \"222\""));
    const ExportableMessages messages = m_panel->exportableMessages();
    QVERIFY(messages.isFiltered);
    QCOMPARE(messages.all, 100);
    QCOMPARE(messages.shownCount, 25);
}

void TestFilteredMessages::menuOfACell()
{
    fill(8);
    m_panel->table()->goToRow(2);
    MessagesMenu menu(*m_panel->table(), model(), int(MessageColumn::Size), 1);
    QSignalSpy chosen(&menu, &MessagesMenu::filterChosen);
    const QString test = QStringLiteral("size == %1").arg(model().record(2).size);
    for (QAction* action : menu.actions()) {
        if (action->text() == QString(u"Filter: " + test) || action->text() == QString(u"Filter: … and " + test)) {
            action->trigger();
        }
    }
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(chosen[0], (QVariantList { test, false }));
    QCOMPARE(chosen[1], (QVariantList { test, true }));
    m_panel->addToFilter(test, true);
    QTRY_COMPARE(model().rowCount(), 2);
}

void TestFilteredMessages::restores()
{
    fill(8);
    setFilter(QStringLiteral("json.value == \"222\""));
    const QJsonObject state = m_panel->saveState();
    MessagesPanel other;
    other.restoreState(state);
    other.setCapture(m_fixture->capture);
    QTRY_COMPARE(other.model()->rowCount(), 2);
    QCOMPARE(other.saveState(), state);
}

SOCKEYE_TEST(TestFilteredMessages)

} // namespace sockeye

#include "tst_filtered_messages.moc"
