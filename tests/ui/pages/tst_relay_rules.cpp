// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/messages/messages_panel.h"
#include "ui/rules/rules_edit.h"
#include "ui/rules/rules_model.h"
#include "ui/rules/rules_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>

namespace sockeye {

/// Rules on the page of a relay.
class TestRelayRules : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void passesWithoutThem();
    void answersWhileTheyAreOn();
    void countsHits();
    void goesOnWithAFileThatChanges();
    void bringsMessagesToTheFront();
    void commandHasThem();
    void comesBack();

private:
    void switchOn() { named<QCheckBox>(QStringLiteral("Use rules"))->setChecked(true); }
    void write(const QString& text) { m_page->findChild<RulesEdit*>()->setPlainText(text); }
    [[nodiscard]] QTabWidget* tabs() const { return pageTabs(); }
    [[nodiscard]] QByteArray ask() const { return exchange(encodeRequest(u"search", u"morpheus"), 1); }
};

void TestRelayRules::passesWithoutThem()
{
    setUp();
    startTarget();
    startRelay();
    QVERIFY(named<QCheckBox>(QStringLiteral("Use rules"))->isVisibleTo(&m_page->rules()));
    QVERIFY(!m_page->rules().isOn());
    QVERIFY(!m_page->relay()->options().rules);
    QCOMPARE(m_page->rules().stateText(), QStringLiteral("Preview"));
    QVERIFY(ask().contains("white rabbit"));
    QVERIFY(named<QComboBox>(QStringLiteral("Who sends it"))->isVisibleTo(&m_page->rules())); // either side
}

void TestRelayRules::answersWhileTheyAreOn()
{
    setUp();
    startTarget();
    switchOn();
    startRelay();
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    QCOMPARE(tabs()->tabText(1), QStringLiteral("Rules: Active"));
    QVERIFY(ask().contains("You said morpheus"));
    named<QCheckBox>(QStringLiteral("Use rules"))->setChecked(false);
    QCOMPARE(tabs()->tabText(1), QStringLiteral("Rules"));
    QVERIFY(ask().contains("white rabbit"));
    switchOn(); // while it runs
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    QVERIFY(ask().contains("You said morpheus"));
    write(QStringLiteral("[[rule]]\nwhen = 'dir == out'\nreplace = { json = 'other' }\n"));
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Unapplied changes"));
    QVERIFY(ask().contains("You said morpheus"));
    m_page->rules().apply();
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    QVERIFY(ask().contains("other"));
}

void TestRelayRules::countsHits()
{
    setUp();
    startTarget();
    switchOn();
    startRelay();
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    m_page->showTab(&m_page->rules());
    const auto* table = named<QTableView>(QStringLiteral("Rules"));
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 1);
    const auto cell = [table](int column) { return table->model()->index(0, column).data().toString(); };
    QCOMPARE(cell(RulesModel::Name), QStringLiteral("search"));
    QCOMPARE(cell(RulesModel::When), QStringLiteral("json.action == \"search\""));
    QCOMPARE(cell(RulesModel::What), QStringLiteral("replies"));
    QCOMPARE(cell(RulesModel::Hits), QStringLiteral("0"));
    (void)ask();
    QTRY_COMPARE(cell(RulesModel::Hits), QStringLiteral("1"));
    (void)ask();
    (void)exchange(encodeRequest(u"double", u"1"), 1); // meets none
    QTRY_COMPARE(cell(RulesModel::Hits), QStringLiteral("2"));
}

void TestRelayRules::goesOnWithAFileThatChanges()
{
    setUp();
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("rules.toml"));
    const auto writeFile = [&name](const QByteArray& text) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    writeFile("[[rule]]\nwhen = 'dir == in'\nreply = { json = 'first' }\n");
    startTarget();
    m_page->rules().open(name);
    switchOn();
    startRelay();
    QTRY_COMPARE(m_page->rules().file(), name);
    QTRY_VERIFY(m_page->rules().text().contains(QStringLiteral("first")));
    m_page->rules().apply();
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    QVERIFY(ask().contains("first"));
    writeFile("[[rule]]\nwhen = 'dir == in'\nreply = { json = 'second' }\n");
    QTRY_VERIFY(m_page->rules().text().contains(QStringLiteral("second")));
    QTRY_COMPARE(m_page->rules().stateText(), QStringLiteral("Active"));
    QVERIFY(ask().contains("second"));
}

void TestRelayRules::bringsMessagesToTheFront()
{
    setUp();
    m_page->showTab(&m_page->rules());
    m_page->focusFilter();
    QCOMPARE(tabs()->currentIndex(), 0);
}

void TestRelayRules::commandHasThem()
{
    setUp();
    QVERIFY(!m_page->command().contains(QStringLiteral("rules")));
    switchOn();
    write(QStringLiteral("[[rule]]\nwhen = 'text == \"it''s\"'\n"));
    QVERIFY2(m_page->command().startsWith(QStringLiteral("rules=$(mktemp) && printf %s '[[rule]]\nwhen = '\\''text")),
        qPrintable(m_page->command()));
    QVERIFY2(m_page->command().endsWith(QStringLiteral(" --rules \"$rules\"")), qPrintable(m_page->command()));
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("some rules.toml")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[[rule]]\n");
    file.close();
    m_page->rules().open(file.fileName());
    QTRY_COMPARE(m_page->rules().text(), QStringLiteral("[[rule]]\n"));
    QVERIFY2(m_page->command().endsWith(u" --rules '" + file.fileName() + u'\''), qPrintable(m_page->command()));
}

void TestRelayRules::comesBack()
{
    setUp();
    switchOn();
    write(QStringLiteral("[[rule]]\ndrop = true\n"));
    RelayPage other(*m_threads);
    other.restore(m_page->saveState());
    QVERIFY(other.rules().isOn());
    QCOMPARE(other.rules().text(), QStringLiteral("[[rule]]\ndrop = true\n"));
    QCOMPARE(other.saveState(), m_page->saveState());
}

SOCKEYE_TEST(TestRelayRules)

} // namespace sockeye

#include "tst_relay_rules.moc"
