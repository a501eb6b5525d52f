// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"
#include "ui/pages/relay/scenario/scenario_edit.h"
#include "ui/pages/relay/scenario/scenario_model.h"
#include "ui/pages/relay/scenario/scenario_panel.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>

namespace sockeye {

/// A scenario on the page of a relay.
class TestRelayScenario : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void saysAllMistakes();
    void playsFromTheStart();
    void playsAtOnceAndEndsWhenToldTo();
    void countsStrikes();
    void leavesTheFaultsOfThePage();
    void takesWhatWasWrittenMeanwhile();
    void commandHasIt();
    void comesBack();

private:
    void write(const QString& text) { m_page->findChild<ScenarioEdit*>()->setPlainText(text); }
    [[nodiscard]] ScenarioPanel& panel() const { return m_page->scenario(); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return panel().model()->index(row, column).data().toString();
    }
    void press(const QString& button) { QTest::mouseClick(named<QPushButton>(button), Qt::LeftButton); }
    void show() { m_page->showTab(&panel()); }
    [[nodiscard]] QString tabTitle() const { return pageTabs()->tabText(2); }
};

void TestRelayScenario::saysAllMistakes()
{
    setUp();
    show();
    write(QStringLiteral("at 5s latncy:latency=300\nat 6s down\nevery 1s down\n"));
    auto* list = panel().findChild<QListWidget*>();
    QTRY_COMPARE(list->count(), 2);
    QVERIFY(list->isVisible());
    QCOMPARE(list->item(0)->text(),
        QStringLiteral("Line 1, column 7: There is no fault latncy. Perhaps latency was meant."));
    const QList<QTextEdit::ExtraSelection> marks = m_page->findChild<ScenarioEdit*>()->extraSelections();
    QCOMPARE(marks.size(), 2);
    QCOMPARE(marks.at(0).cursor.selectedText(), QStringLiteral("latncy:latency=300"));
    QCOMPARE(panel().stateText(), QStringLiteral("2 mistake(s): it does not play."));
    write(QStringLiteral("at 6s down\n"));
    QTRY_COMPARE(list->count(), 0);
    QCOMPARE(panel().stateText(), QStringLiteral("Preview"));
}

void TestRelayScenario::playsFromTheStart()
{
    setUp();
    show();
    startTarget();
    write(QStringLiteral("at 0s slicer\nat 3599s down for 2s\n"));
    press(QStringLiteral("Start scenario"));
    QTRY_COMPARE(panel().stateText(), QStringLiteral("It begins when the relay listens."));
    QTRY_COMPARE(panel().model()->rowCount(), 2);
    QCOMPARE(tabTitle(), QStringLiteral("Scenario: Waits"));
    startRelay();
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    QTRY_COMPARE(cell(0, ScenarioModel::Next), QStringLiteral("in force"));
    QVERIFY2(
        cell(1, ScenarioModel::Next).startsWith(QStringLiteral("in 59 min")), qPrintable(cell(1, ScenarioModel::Next)));
    QCOMPARE(panel().model()->nextRow(), 1);
    QVERIFY2(panel().stateText().startsWith(QStringLiteral("Active: line 2 is next, in 59 min")),
        qPrintable(panel().stateText()));
    QCOMPARE(tabTitle(), QStringLiteral("Scenario: Active"));
    QCOMPARE(m_page->faults().model()->rowCount(), 0); // it stands in the scenario's table
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(!panel().isPlaying());
    startRelay(); // from its beginning
    QVERIFY(panel().isPlaying());
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
}

void TestRelayScenario::playsAtOnceAndEndsWhenToldTo()
{
    setUp();
    show();
    startTarget();
    startRelay();
    write(QStringLiteral("at 0s slicer\nat 1h down\n"));
    press(QStringLiteral("Start scenario"));
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    press(QStringLiteral("Stop scenario"));
    QVERIFY(m_page->relay()->faults().isEmpty());
    QVERIFY(!panel().isOn());
    QCOMPARE(cell(0, ScenarioModel::Next), QString());
    QCOMPARE(tabTitle(), QStringLiteral("Scenario"));
}

void TestRelayScenario::countsStrikes()
{
    setUp();
    show();
    startTarget();
    write(QStringLiteral("at 0s latency:latency=1,stream=upstream\nat 1h remove latency\n"));
    press(QStringLiteral("Start scenario"));
    startRelay();
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(cell(0, ScenarioModel::Strikes), QStringLiteral("1"));
    QCOMPARE(cell(1, ScenarioModel::Strikes), QString());
    press(QStringLiteral("Stop scenario"));
    QCOMPARE(m_page->relay()->strikes(QStringLiteral("latency_line_1")), 1); // for whoever asks what happened
    QCOMPARE(m_page->relay()->goneFaults().size(), 1);
    press(QStringLiteral("Start scenario"));
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(cell(0, ScenarioModel::Strikes), QStringLiteral("2"));
    QVERIFY(m_page->relay()->goneFaults().isEmpty());
}

void TestRelayScenario::leavesTheFaultsOfThePage()
{
    setUp();
    show();
    startTarget();
    FaultSettings own;
    own.kind = QStringLiteral("latency");
    m_page->faults().model()->setFaults({ own });
    write(QStringLiteral("at 0s remove latency\nat 0s slicer\n"));
    press(QStringLiteral("Start scenario"));
    startRelay();
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    QTRY_COMPARE(m_page->relay()->faults().front().kind, QStringLiteral("slicer"));
    QCOMPARE(m_page->faults().model()->rowCount(), 0); // what is in force
    QVERIFY(!m_page->command().contains(QStringLiteral("slicer:"))); // the scenario says it
    // What is added by hand meanwhile goes beside the scenario's.
    own.kind = QStringLiteral("bandwidth");
    own.attributes = { { QStringLiteral("rate"), 1000 } };
    m_page->faults().model()->add(own);
    m_page->applyFaults();
    QCOMPARE(m_page->relay()->faults().size(), 2);
    m_page->faults().model()->removeRows(0, 1);
    m_page->applyFaults();
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QCOMPARE(m_page->faults().model()->rowCount(), 0); // edited since
    m_page->faults().model()->setFaults({ own });
    write(QStringLiteral("at 0s remove bandwidth\n"));
    QTRY_COMPARE(panel().model()->rowCount(), 1);
    startRelay();
    QTRY_COMPARE(m_page->faults().model()->rowCount(), 0);
    m_page->stop();
    QTRY_COMPARE(m_page->faults().model()->rowCount(), 1); // not edited: it is back
}

void TestRelayScenario::takesWhatWasWrittenMeanwhile()
{
    setUp();
    show();
    startTarget();
    write(QStringLiteral("at 0s slicer\n"));
    press(QStringLiteral("Start scenario"));
    startRelay();
    QTRY_COMPARE(panel().stateText(), QStringLiteral("Active: every line is over."));
    write(QStringLiteral("at 0s slow_close:delay=1\n"));
    QTRY_VERIFY(panel().stateText().endsWith(QStringLiteral("What has changed counts from the next start.")));
    QCOMPARE(m_page->relay()->faults().front().kind, QStringLiteral("slicer"));
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QTRY_COMPARE(cell(0, ScenarioModel::What), QStringLiteral("at 0s slow_close:delay=1"));
    startRelay();
    QTRY_COMPARE(m_page->relay()->faults().size(), 1);
    QCOMPARE(m_page->relay()->faults().front().kind, QStringLiteral("slow_close"));
}

void TestRelayScenario::commandHasIt()
{
    setUp();
    QVERIFY(!m_page->command().contains(QStringLiteral("scenario")));
    write(QStringLiteral("at 5s down\n"));
    panel().start();
    QVERIFY2(m_page->command().startsWith(QStringLiteral("printf %s 'at 5s down\n' | sockeye-cli relay ")),
        qPrintable(m_page->command()));
    QVERIFY2(m_page->command().endsWith(QStringLiteral(" --scenario -")), qPrintable(m_page->command()));
}

void TestRelayScenario::comesBack()
{
    setUp();
    write(QStringLiteral("at 5s down\n"));
    panel().start();
    RelayPage other(*m_threads);
    other.restore(m_page->saveState());
    QVERIFY(other.scenario().isOn());
    QCOMPARE(other.scenario().text(), QStringLiteral("at 5s down\n"));
    QCOMPARE(other.saveState(), m_page->saveState());
    other.restore({ { QStringLiteral("scenario"), QJsonObject { { QStringLiteral("text"), 3 } } } });
}

SOCKEYE_TEST(TestRelayScenario)

} // namespace sockeye

#include "tst_relay_scenario.moc"
