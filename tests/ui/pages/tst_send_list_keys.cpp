// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/english_plurals.h"
#include "tests/ui/pages/send_list_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/sendlist/key_edit.h"
#include "ui/widgets/dense_table.h"

#include <QMenuBar>
#include <QPushButton>
#include <QShortcut>
#include <QTemporaryDir>

namespace sockeye {

/// Keys that send messages of a list.
class TestSendListKeys : public WindowTest {
    Q_OBJECT
    EnglishPlurals m_plurals;
private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void keysSend();
    void keyIsPressed();
    void keysThatDoSomethingElse_data();
    void keysThatDoSomethingElse();
    void sameKeyTwice();
};

void TestSendListKeys::keysSend()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    list.addSearch(QStringLiteral("morpheus"));
    list.set(1, SendListModel::Key, "F7");
    fixture.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window));
    list.panel.table()->setFocus();
    QTest::keyClick(list.panel.table(), Qt::Key_F7);
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 1 message sent."));
    QVERIFY(list.cell(0, SendListModel::Outcome).isEmpty());
    QVERIFY(list.cell(1, SendListModel::Outcome).startsWith(u"reply"));
}

void TestSendListKeys::keyIsPressed()
{
    ClientFixture fixture;
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    fixture.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window));
    const auto press = [&list](Qt::Key key, Qt::KeyboardModifiers modifiers) {
        list.panel.table()->edit(list.model.index(0, SendListModel::Key));
        auto* const edit = list.panel.findChild<KeyEdit*>();
        QVERIFY(edit != nullptr);
        QTest::keyClick(edit, key, modifiers);
        QTRY_VERIFY(list.panel.findChild<KeyEdit*>() == nullptr);
    };
    press(Qt::Key_F7, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(list.cell(0, SendListModel::Key), QStringLiteral("Ctrl+Shift+F7"));
    press(Qt::Key_Escape, {});
    QCOMPARE(list.cell(0, SendListModel::Key), QStringLiteral("Ctrl+Shift+F7"));
    press(Qt::Key_Return, {}); // sends the current one already
    QCOMPARE(list.cell(0, SendListModel::Key), QStringLiteral("Ctrl+Shift+F7"));
    QVERIFY2(list.said().startsWith(u"Return moves about"), qPrintable(list.said()));
    press(Qt::Key_Delete, {});
    QCOMPARE(list.cell(0, SendListModel::Key), QString());
}

void TestSendListKeys::keysThatDoSomethingElse_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("said"); // empty: nothing else
    QTest::newRow("free") << QStringLiteral("F7") << QString();
    QTest::newRow("a letter") << QStringLiteral("A") << QString();
    QTest::newRow("an action of the window") << QStringLiteral("Ctrl+N") << QStringLiteral("is “New server”");
    QTest::newRow("a menu") << QStringLiteral("Alt+F") << QStringLiteral("is “File”");
    QTest::newRow("the table's own") << QStringLiteral("Alt+Up") << QStringLiteral("is “Up”");
    QTest::newRow("text fields") << QStringLiteral("Ctrl+V") << QStringLiteral("is “Paste”");
    QTest::newRow("a button's mnemonic") << QStringLiteral("Alt+Q") << QStringLiteral("is “Quick”");
    QTest::newRow("a shortcut of the page") << QStringLiteral("Ctrl+Return") << QStringLiteral("does something else");
    QTest::newRow("a shortcut elsewhere") << QStringLiteral("F10") << QString();
    QTest::newRow("no key") << QStringLiteral("Foo") << QStringLiteral("No key is called");
    QTest::newRow("two keys") << QStringLiteral("F7, F8") << QStringLiteral("more than one key");
    QTest::newRow("the arrows") << QStringLiteral("Down") << QStringLiteral("moves about");
}

void TestSendListKeys::keysThatDoSomethingElse()
{
    QFETCH(const QString, key);
    QFETCH(const QString, said);
    ClientFixture fixture;
    auto* const window = new QAction(QStringLiteral("&New server…"), &fixture.window);
    window->setShortcut(Qt::CTRL | Qt::Key_N);
    auto* const bar = new QMenuBar(&fixture.window);
    bar->addMenu(QStringLiteral("&File"));
    new QToolButton(&fixture.page); // without a text, without a key
    auto* const button = new QPushButton(QStringLiteral("&Quick"), &fixture.page);
    button->show();
    auto* const elsewhere = new QWidget(&fixture.window);
    (new QShortcut(Qt::Key_F10, elsewhere))->setContext(Qt::WidgetShortcut);
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("ring"));
    QCOMPARE(list.model.setData(list.model.index(0, SendListModel::Key), key), said.isEmpty());
    QVERIFY2(said.isEmpty() || list.said().contains(said), qPrintable(list.said()));
    // One that a file brings stays, and says why it does nothing.
    SendList taken = list.model.list();
    taken.messages.front().key = key;
    list.model.setList(taken);
    QCOMPARE(list.complaint(0).contains(said), !said.isEmpty() || list.complaint(0).isNull());
    QCOMPARE(list.cell(0, SendListModel::Key), key);
}

void TestSendListKeys::sameKeyTwice()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("list.toml"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("[[message]]\ntext = 'a'\nkey = 'Ctrl+1'\n[[message]]\ntext = 'b'\n"
              "[[message]]\ntext = 'c'\nkey = 'ctrl + 1'\n");
    out.close();
    ClientFixture fixture;
    const ListFixture list(fixture);
    list.panel.open(file);
    QTRY_COMPARE(list.model.rowCount(), 3);
    QCOMPARE(list.cell(0, SendListModel::Outcome), QString());
    QCOMPARE(list.cell(1, SendListModel::Outcome), QString());
    QCOMPARE(list.cell(2, SendListModel::Outcome), QStringLiteral("mistake"));
    QCOMPARE(list.cell(2, SendListModel::Key), QStringLiteral("Ctrl+1"));
    QVERIFY2(list.complaint(0).startsWith(u"3 (message 3): The key ctrl + 1 sends"), qPrintable(list.complaint(0)));
    QVERIFY(!list.model.setData(list.model.index(1, SendListModel::Key), QStringLiteral("Ctrl+1")));
    QCOMPARE(list.said(), QStringLiteral("Ctrl+1 sends “message 1” already: press another key."));
}

} // namespace sockeye

using sockeye::TestSendListKeys;
SOCKEYE_TEST(TestSendListKeys)
#include "tst_send_list_keys.moc"
