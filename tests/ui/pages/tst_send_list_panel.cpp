// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/english_plurals.h"
#include "protocol/protocols/registry.h"
#include "tests/ui/pages/send_list_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/composer/composer_model.h"
#include "ui/composer/composer_panel.h"
#include "ui/widgets/dense_table.h"

#include <QCheckBox>
#include <QScrollBar>
#include <QSpinBox>

namespace sockeye {

/// Prepared messages on the client page.
class TestSendListPanel : public WindowTest {
    Q_OBJECT
    EnglishPlurals m_plurals;
private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void composedSentAndJudged();
    void endsWithWhatWasNotExpected();
    void oneAndFromHere();
    void stops();
    void saysWhatItWaitsFor();
    void allFailuresAreListed();
    void whatIsSentStaysInView();
    void mistakesStandInTheirRows();
    void cellsAreEdited_data();
    void cellsAreEdited();
    void rowsMove();
    void backIntoTheComposer();
    void textAsItWasTyped();
    void stateComesBack();
};

void TestSendListPanel::composedSentAndJudged()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("morpheus"));
    list.addSearch(QStringLiteral("ring"));
    QCOMPARE(
        list.cell(0, SendListModel::Message), QStringLiteral("JSON: { action = \"search\", value = \"morpheus\" }"));
    list.set(0, SendListModel::Expects, "json.result contains \"rabbit\"");
    list.set(1, SendListModel::Pause, "1");
    list.click("Send all");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 2 messages sent."));
    QVERIFY2(
        list.cell(0, SendListModel::Outcome).startsWith(u"ok, "), qPrintable(list.cell(0, SendListModel::Outcome)));
    QVERIFY(list.cell(1, SendListModel::Outcome).startsWith(u"reply, "));
    QCOMPARE(list.cell(1, SendListModel::Pause), QStringLiteral("1ms"));
    QTRY_COMPARE(fixture.transcript().rowCount(), 4); // what each of them was, and what it was answered
    QCOMPARE(fixture.transcript().entry(0).text, QStringLiteral("search \"morpheus\""));
    QCOMPARE(fixture.transcript().entry(2).text, QStringLiteral("search \"ring\""));
    QCOMPARE(fixture.transcript().entry(2).connection, fixture.transcript().entry(0).connection);
}

void TestSendListPanel::endsWithWhatWasNotExpected()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    list.addSearch(QStringLiteral("morpheus"));
    list.set(0, SendListModel::Expects, "\"rabbit\"");
    list.click("Send all");
    QTRY_COMPARE(list.cell(0, SendListModel::Outcome), QStringLiteral("not expected"));
    QTRY_VERIFY(!list.panel.isRunning());
    QCOMPARE(list.said(), QStringLiteral("Ended early. 1 message sent. 1 did not go as expected."));
    QVERIFY2(list.complaint(0).contains(u"\"rabbit\" is not in it"), qPrintable(list.complaint(0)));
    QVERIFY(list.cell(1, SendListModel::Outcome).isEmpty());
}

void TestSendListPanel::oneAndFromHere()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    for (int i = 0; i < 3; ++i) {
        list.addSearch(QStringLiteral("ring"));
    }
    list.panel.table()->setCurrentIndex(list.model.index(1, 0));
    list.click("This one");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 1 message sent."));
    QVERIFY(list.cell(0, SendListModel::Outcome).isEmpty());
    QVERIFY(list.cell(2, SendListModel::Outcome).isEmpty());
    list.click("From here");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 2 messages sent."));
    QVERIFY(list.cell(0, SendListModel::Outcome).isEmpty());
    QVERIFY(!list.cell(2, SendListModel::Outcome).isEmpty());
}

void TestSendListPanel::saysWhatItWaitsFor()
{
    ServerOptions options;
    options.service = QStringLiteral("stall"); // which never answers
    ClientFixture fixture(options);
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    list.addSearch(QStringLiteral("morpheus"));
    list.set(0, SendListModel::Within, "1s");
    fixture.part<QCheckBox>(QStringLiteral("Go on after a failure"))->setChecked(true);
    list.click("Send all");
    QTRY_VERIFY(list.cell(0, SendListModel::Outcome).startsWith(u"waiting, "));
    QVERIFY(list.cell(1, SendListModel::Outcome).isEmpty());
    const QVariant tip = list.model.index(0, SendListModel::Outcome).data(Qt::ToolTipRole);
    QCOMPARE(tip.toString(), QStringLiteral("Nothing has come yet that is the whole reply."));
    QTRY_VERIFY(list.cell(1, SendListModel::Outcome).startsWith(u"waiting, "));
    QCOMPARE(list.cell(0, SendListModel::Outcome), QStringLiteral("failed"));
    list.click("Stop");
    QVERIFY(list.panel.isRunning()); // until the reply has come
    QTest::mouseClick(fixture.part<QAbstractButton>(QStringLiteral("Cancel")), Qt::LeftButton);
    QTRY_VERIFY(!list.panel.isRunning());
    QCOMPARE(list.cell(1, SendListModel::Outcome), QStringLiteral("given up"));
}

void TestSendListPanel::allFailuresAreListed()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    for (const char* const value : { "ring", "morpheus", "ring" }) {
        list.addSearch(QString::fromLatin1(value));
    }
    list.set(0, SendListModel::Expects, "\"rabbit\"");
    list.set(2, SendListModel::Name, "the last");
    list.set(2, SendListModel::Expects, "size < 2");
    list.model.setLoop(3);
    list.model.setGoesOn(true);
    list.click("Send all");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 9 messages sent. 6 did not go as expected."));
    QVERIFY2(list.complaint(0).startsWith(u"1 (message 1): 3 times, last: "), qPrintable(list.complaint(0)));
    QVERIFY2(list.complaint(1).startsWith(u"3 (the last): "), qPrintable(list.complaint(1)));
    QVERIFY(list.complaint(2).isNull());
    auto* const complaints = list.panel.findChild<ListComplaints*>();
    Q_EMIT complaints->itemClicked(complaints->item(1));
    QCOMPARE(list.panel.table()->currentIndex().row(), 2);
}

void TestSendListPanel::stops()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    fixture.part<QSpinBox>(QStringLiteral("How many times"))->setValue(0);
    list.click("Send all");
    QTRY_VERIFY(list.panel.isRunning());
    QTRY_VERIFY(!list.cell(0, SendListModel::Outcome).isEmpty());
    QVERIFY(!fixture.part<QToolButton>(QStringLiteral("Add"))->isEnabled());
    list.click("Stop");
    QTRY_VERIFY(!list.panel.isRunning());
    QVERIFY2(list.said().startsWith(u"Stopped. "), qPrintable(list.said()));
}

void TestSendListPanel::whatIsSentStaysInView()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    const ListMessage message = list.model.list().messages.front();
    constexpr int rows = 80;
    for (int row = 1; row < rows; ++row) {
        QVERIFY(list.model.insert(row, message));
    }
    const DenseTable& table = *list.panel.table();
    const auto isSeen = [&](int row) {
        return table.viewport()->rect().contains(table.visualRect(list.model.index(row, 0)).center());
    };
    QVERIFY(!isSeen(rows - 1));
    list.click("Send all");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 80 messages sent."));
    QVERIFY(isSeen(rows - 1));
    list.click("Send all");
    QVERIFY(QTest::qWaitFor([&] { return list.panel.isRunning(); }));
    table.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum); // somebody looks at the first ones
    QTRY_VERIFY(!list.panel.isRunning());
    QVERIFY(isSeen(0));
}

void TestSendListPanel::mistakesStandInTheirRows()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    list.addSearch(QStringLiteral("morpheus"));
    list.set(1, SendListModel::Expects, "sice > 3");
    QTRY_COMPARE(list.cell(1, SendListModel::Outcome), QStringLiteral("mistake"));
    QCOMPARE(list.cell(0, SendListModel::Outcome), QString());
    QCOMPARE(list.said(), QStringLiteral("Nothing can be sent: 1 mistake."));
    QVERIFY(list.complaint(0).startsWith(u"2 (message 2): No field `sice`"));
    list.click("Send all"); // nothing goes out
    list.set(1, SendListModel::Expects, "size > 3");
    QTRY_COMPARE(list.cell(1, SendListModel::Outcome), QString());
    QVERIFY(list.complaint(0).isNull());
    QCOMPARE(list.said(), QString());
    QCOMPARE(fixture.transcript().rowCount(), 0);
}

void TestSendListPanel::cellsAreEdited_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown"); // null: refused
    QTest::newRow("name") << int(SendListModel::Name) << QStringLiteral("  log  in ") << QStringLiteral("log in");
    QTest::newRow("milliseconds") << int(SendListModel::Pause) << QStringLiteral("20") << QStringLiteral("20ms");
    QTest::newRow("seconds") << int(SendListModel::Within) << QStringLiteral("1.5s") << QStringLiteral("1500ms");
    QTest::newRow("no time") << int(SendListModel::Within) << QStringLiteral("soon") << QString();
    QTest::newRow("too long") << int(SendListModel::Pause) << QStringLiteral("3601s") << QString();
    QTest::newRow("text") << int(SendListModel::Expects) << QStringLiteral("\"OK\"") << QStringLiteral("\"OK\"");
    QTest::newRow("filter") << int(SendListModel::Expects) << QStringLiteral("size > 1") << QStringLiteral("size > 1");
}

void TestSendListPanel::cellsAreEdited()
{
    QFETCH(const int, column);
    QFETCH(const QString, typed);
    QFETCH(const QString, shown);
    SendListModel model;
    QVERIFY(model.insert(0, ListMessage::of(ListMessage::Content::Text, QStringLiteral("a"))));
    const QSignalSpy refused(&model, &SendListModel::refused);
    QCOMPARE(model.setData(model.index(0, column), typed), !shown.isNull());
    QCOMPARE(refused.size(), shown.isNull() ? 1 : 0);
    QCOMPARE(model.index(0, column).data(Qt::EditRole).toString(), shown.isNull() ? QString() : shown);
}

void TestSendListPanel::rowsMove()
{
    ClientFixture fixture;
    const ListFixture list(fixture);
    for (const char* const value : { "a", "b", "c" }) {
        list.addSearch(QString::fromLatin1(value));
    }
    list.click("Up");
    QVERIFY(list.cell(1, SendListModel::Message).contains(u"\"c\""));
    QCOMPARE(list.panel.table()->currentIndex().row(), 1);
    list.click("Remove");
    QCOMPARE(list.model.rowCount(), 2);
    QVERIFY(list.cell(1, SendListModel::Message).contains(u"\"b\""));
}

void TestSendListPanel::backIntoTheComposer()
{
    ClientFixture fixture;
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("morpheus"));
    auto* const value = fixture.part<QLineEdit>(QStringLiteral("Value"));
    value->setText(QStringLiteral("ring"));
    list.click("Edit");
    QTRY_COMPARE(value->text(), QStringLiteral("morpheus"));
    value->setText(QStringLiteral("neo"));
    list.click("Replace");
    QVERIFY(list.cell(0, SendListModel::Message).contains(u"\"neo\""));
    QCOMPARE(list.model.rowCount(), 1);
}

void TestSendListPanel::textAsItWasTyped()
{
    ClientFixture fixture;
    fixture.page.setProtocol(ownProtocolFromName(u"raw"));
    const ListFixture list(fixture);
    auto* const composer = fixture.page.findChild<ComposerPanel*>();
    composer->showTyped({ QStringLiteral("no {{counter}}\\t"), true, true, QStringLiteral("crc-16/modbus:little") });
    list.click("Add");
    const ListMessage message = list.model.list().messages.front();
    QCOMPARE(message.value.text, QStringLiteral("no {{counter}}\\t"));
    QVERIFY(message.escapes && message.macros);
    QCOMPARE(message.checksum, QStringLiteral("crc-16/modbus:little"));
    composer->model().edit(nullptr, [](RequestDraft& draft) { draft.setBytes("\x01\x02"); });
    list.click("Add");
    QCOMPARE(list.model.list().messages.at(1).value.text, QStringLiteral("01 02"));
    list.panel.table()->setCurrentIndex(list.model.index(0, 0));
    list.click("Edit");
    QTRY_VERIFY(composer->model().typed().has_value());
    QCOMPARE(composer->model().typed()->text, QStringLiteral("no {{counter}}\\t"));
    QVERIFY(composer->model().maker());
}

void TestSendListPanel::stateComesBack()
{
    QJsonObject state;
    {
        ClientFixture fixture;
        const ListFixture list(fixture);
        list.addSearch(QStringLiteral("morpheus"));
        list.set(0, SendListModel::Key, "F9");
        fixture.part<QSpinBox>(QStringLiteral("How many times"))->setValue(5);
        state = fixture.page.saveState();
    }
    ClientFixture fixture;
    const ListFixture list(fixture);
    fixture.page.restore(state);
    QTRY_COMPARE(list.model.rowCount(), 1);
    QCOMPARE(list.cell(0, SendListModel::Key), QStringLiteral("F9"));
    QCOMPARE(list.model.list().loop, 5);
    fixture.page.restore({ { QStringLiteral("sendList"), QStringLiteral("nonsense") } });
    QCOMPARE(list.model.rowCount(), 1);
}

} // namespace sockeye

using sockeye::TestSendListPanel;
SOCKEYE_TEST(TestSendListPanel)
#include "tst_send_list_panel.moc"
