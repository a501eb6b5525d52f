// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/words/english_plurals.h"
#include "protocol/protocols/registry.h"
#include "tests/ui/pages/send_list_fixture.h"
#include "tests/ui/window/window_test.h"
#include "ui/messages/messages_menu.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/sendlist/open_lists.h"

#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>

namespace sockeye {

/// Where the messages of a send list come from and go to.
class TestSendListFiles : public WindowTest {
    Q_OBJECT
    EnglishPlurals m_plurals;
private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void savedAndOpened();
    void changesAreNotLost();
    void aNarrowListHasRoomForItsFile();
    void selectedMessagesAreAdded();
    void fromTheMenuOfATable();
};

void TestSendListFiles::savedAndOpened()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("list.toml"));
    ClientFixture fixture;
    const ListFixture list(fixture);
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("loop = 7\non-failure = \"go on\"\n[[message]]\ntext = \"a\"\nkey = \"F9\"\n[[message]]\nhex = \"00\"\n");
    out.close();
    list.panel.open(file);
    QTRY_COMPARE(list.model.rowCount(), 2);
    QCOMPARE(fixture.part<QSpinBox>(QStringLiteral("How many times"))->value(), 7);
    QCOMPARE(list.cell(0, SendListModel::Key), QStringLiteral("F9"));
    list.panel.open(folder.filePath(QStringLiteral("gone.toml")));
    QTRY_VERIFY(list.said().contains(u"gone.toml cannot be read"));
    QCOMPARE(list.model.rowCount(), 2); // what is there stays
}

void TestSendListFiles::changesAreNotLost()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("list.toml"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("[[message]]\ntext = 'a'\n");
    out.close();
    ClientFixture fixture;
    const ListFixture list(fixture);
    QCOMPARE(list.fileShown(), QString());
    list.addSearch(QStringLiteral("ring"));
    QCOMPARE(list.fileShown(), QStringLiteral("in no file yet"));
    list.choose("New");
    list.answer(QMessageBox::Cancel);
    QCOMPARE(list.model.rowCount(), 1);
    list.choose("New");
    list.answer(QMessageBox::Discard);
    QCOMPARE(list.model.rowCount(), 0);
    list.panel.open(file);
    QTRY_COMPARE(list.fileShown(), QStringLiteral("list.toml"));
    list.set(0, SendListModel::Name, "first");
    QCOMPARE(list.fileShown(), QStringLiteral("*list.toml"));
    list.choose("New");
    list.answer(QMessageBox::Save);
    QTRY_COMPARE(list.model.rowCount(), 0);
    QCOMPARE(list.fileShown(), QString());
    QVERIFY(out.open(QIODevice::ReadOnly));
    QVERIFY(out.readAll().contains("name = \"first\""));
    list.choose("New"); // nothing is lost: nothing is asked
    QVERIFY(list.panel.findChild<QMessageBox*>() == nullptr);
}

void TestSendListFiles::aNarrowListHasRoomForItsFile()
{
    const QTemporaryDir folder;
    const QString name = QStringLiteral("messages of a device.toml");
    QFile out(folder.filePath(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("[[message]]\ntext = 'a'\n");
    out.close();
    ClientFixture fixture;
    const ListFixture list(fixture);
    const auto* const shown = list.panel.findChild<ElidedLabel*>(QStringLiteral("sendListFile"));
    QVERIFY(!shown->isVisible());
    list.panel.open(out.fileName());
    QTRY_COMPARE(list.fileShown(), name);
    const auto* const table = list.panel.table();
    for (const int width : { 900, 620, 560, 900 }) {
        fixture.page.resize(width, 760);
        QTRY_VERIFY(list.panel.width() < width); // laid out
        QTRY_VERIFY2(shown->width() >= shown->fullWidth(), qPrintable(QString::number(shown->width())));
        QVERIFY(shown->isVisible());
        QVERIFY(!shown->geometry().intersects(table->geometry()));
    }
    QCOMPARE(shown->toolTip(), out.fileName());
}

void TestSendListFiles::selectedMessagesAreAdded()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("morpheus"));
    list.click("Send all");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 1 message sent."));
    auto* const table = fixture.part<QTableView>(QStringLiteral("Messages"));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    table->selectAll();
    for (QAction* const action : fixture.part<QToolButton>(QStringLiteral("List"))->menu()->actions()) {
        if (action->text().contains(u"selected in Messages")) {
            action->trigger();
        }
    }
    QTRY_COMPARE(list.model.rowCount(), 2); // what the server said is nothing that a client sends
    const ListMessage& added = list.model.list().messages.at(1);
    QCOMPARE(added.content, ListMessage::Content::Json);
    QCOMPARE(list.cell(1, SendListModel::Message), list.cell(0, SendListModel::Message));
    QCOMPARE(list.said(), QStringLiteral("1 message added. 1 message of a server was left out."));
}

void TestSendListFiles::fromTheMenuOfATable()
{
    ClientFixture fixture(persistentServer());
    const ListFixture list(fixture);
    list.addSearch(QStringLiteral("morpheus"));
    list.click("Send all");
    QTRY_COMPARE(list.said(), QStringLiteral("Done. 1 message sent."));
    auto* const messages = fixture.page.findChild<MessagesPanel*>();
    QTRY_COMPARE(messages->model()->rowCount(), 2);
    const auto inMenu = [messages](MessagesMenu& menu) {
        connect(&menu, &MessagesMenu::listChosen, messages, &MessagesPanel::addToList);
        for (QAction* const action : menu.actions()) {
            if (action->text() == u"Add to send list") {
                return action->menu();
            }
        }
        return static_cast<QMenu*>(nullptr);
    };
    messages->clearSelection();
    {
        MessagesMenu menu(*messages->table(), *messages->model(), -1, 0);
        QVERIFY(!inMenu(menu)->isEnabled()); // nothing is selected
    }
    messages->table()->selectAll();
    MessagesMenu menu(*messages->table(), *messages->model(), -1, 0);
    const QList<QAction*> offered = inMenu(menu)->actions();
    QCOMPARE(offered.constFirst()->text(), fixture.page.title());
    const QSignalSpy said(&fixture.page, &Page::statusMessage);
    offered.constFirst()->trigger();
    QTRY_COMPARE(list.model.rowCount(), 2);
    QCOMPARE(said.constLast().constFirst().toString(),
        QStringLiteral("1 message added to the send list of “%1”. 1 message of a server was left out.")
            .arg(fixture.page.title()));
    std::optional<ListSource> wanted;
    connect(&OpenLists::instance(), &OpenLists::newListWanted, this,
        [&wanted](const ListSource& source) { wanted = source; });
    offered.constLast()->trigger();
    QVERIFY(wanted.has_value());
    QCOMPARE(wanted->capture, fixture.page.capture());
    OpenLists::instance().disconnect(this);
}

} // namespace sockeye

using sockeye::TestSendListFiles;
SOCKEYE_TEST(TestSendListFiles)
#include "tst_send_list_files.moc"
