// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/lines/lines_protocol.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/live/live_help.h"
#include "tests/ui/window/window_test.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/capture/grant_notice.h"
#include "ui/pages/capture/live_page.h"
#include "ui/protocols/protocol_box.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace sockeye;

/// The page of a live capture, in a network of its own.
class TestLivePage : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void emptySaysWhatBelongsThere();
    void interfacesAreListed();
    void capturesAndStops();
    void startsAnew();
    void readsByAnotherRule();
    void filterIsCheckedWhileTyping();
    void filterIsCheckedAtTheStart();
    void missingRightNamesTheCommand();
    void failuresAreSaid_data();
    void failuresAreSaid();
    void closingEndsIt();
    void comesBack();

private:
    template <typename Widget> static Widget* named(const LivePage& page, const char* name)
    {
        for (Widget* each : page.findChildren<Widget*>()) {
            if (each->accessibleName() == QLatin1StringView(name)) {
                return each;
            }
        }
        return nullptr;
    }
    static QPushButton* button(const LivePage& page, const char* text)
    {
        for (QPushButton* each : page.findChildren<QPushButton*>()) {
            if (each->text() == QLatin1StringView(text)) {
                return each;
            }
        }
        return nullptr;
    }
    static int rows(const LivePage& page) { return page.findChild<MessagesPanel*>()->model()->rowCount(); }
    /// Shown, with its interfaces listed and this filter entered.
    static void prepare(LivePage& page, const QString& filter);
};

void TestLivePage::prepare(LivePage& page, const QString& filter)
{
    page.resize(800, 600);
    page.show();
    QTRY_VERIFY(named<QComboBox>(page, "Interface")->count() > 0);
    named<QLineEdit>(page, "Capture filter")->setText(filter);
}

void TestLivePage::emptySaysWhatBelongsThere()
{
    const LivePage page(builtCaptureTool());
    QCOMPARE(page.stateText(), QStringLiteral("not started"));
    QVERIFY(!page.isActive());
    QVERIFY(!page.capture());
    QVERIFY(!page.currentMessage().capture);
    QVERIFY(!named<QLineEdit>(page, "Capture filter")->placeholderText().isEmpty());
}

void TestLivePage::interfacesAreListed()
{
    LivePage page(builtCaptureTool());
    prepare(page, {});
    const auto* box = named<QComboBox>(page, "Interface");
    QCOMPARE(box->itemText(0), QStringLiteral("lo: loopback, programs of this machine (127.0.0.1, ::1)"));
    QCOMPARE(box->currentIndex(), 0);
    QVERIFY(box->findText(QStringLiteral("any: all interfaces")) > 0);
    QCOMPARE(page.title(), QStringLiteral("Capture lo"));
}

void TestLivePage::capturesAndStops()
{
    const PeerServer server;
    LivePage page(builtCaptureTool());
    prepare(page, QStringLiteral("tcp port %1").arg(server.port()));
    QVERIFY(button(page, "Stop capture")->isHidden());
    button(page, "Start capture")->click();
    QTRY_COMPARE(page.stateText(), QStringLiteral("capturing"));
    QVERIFY(page.isActive());
    QVERIFY(button(page, "Start capture")->isHidden());
    QVERIFY(!named<QComboBox>(page, "Interface")->isEnabled());
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("morpheus")));
    QTRY_COMPARE(rows(page), 2);
    QTRY_VERIFY(named<QLabel>(page, "Capture state")->text().contains(QStringLiteral(" packets, none dropped")));
    button(page, "Stop capture")->click();
    QTRY_COMPARE(page.stateText(), QStringLiteral("stopped"));
    QVERIFY(!page.isActive());
    QVERIFY(button(page, "Stop capture")->isHidden());
    QVERIFY(page.capture());
    QCOMPARE(rows(page), 2);
    QCOMPARE(page.exportableMessages().all, 2);
    QVERIFY(named<QLabel>(page, "What went wrong")->isHidden());
    QVERIFY(named<QLabel>(page, "Capture state")->text().contains(QStringLiteral("stopped: ")));
}

void TestLivePage::startsAnew()
{
    const PeerServer server;
    LivePage page(builtCaptureTool());
    prepare(page, QStringLiteral("tcp port %1").arg(server.port()));
    for (const int exchanges : { 2, 1 }) {
        button(page, "Start capture")->click();
        QTRY_COMPARE(page.stateText(), QStringLiteral("capturing"));
        for (int i = 0; i < exchanges; ++i) {
            QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
        }
        QTRY_COMPARE(rows(page), 2 * exchanges);
        button(page, "Stop capture")->click();
        QTRY_COMPARE(page.stateText(), QStringLiteral("stopped"));
        QCOMPARE(rows(page), 2 * exchanges);
    }
}

void TestLivePage::readsByAnotherRule()
{
    const PeerServer server;
    LivePage page(builtCaptureTool());
    prepare(page, QStringLiteral("tcp port %1").arg(server.port()));
    page.start();
    QTRY_COMPARE(page.stateText(), QStringLiteral("capturing"));
    QVERIFY(server.ask(QStringLiteral("search"), QStringLiteral("ring")));
    QTRY_COMPARE(rows(page), 2);
    auto* box = page.findChild<ProtocolBox*>();
    box->setCurrentIndex(box->findData(rawProtocol()->id()));
    QTRY_COMPARE(page.capture()->protocol(), rawProtocol());
    QTRY_COMPARE(rows(page), 2);
    QCOMPARE(page.stateText(), QStringLiteral("capturing"));
}

void TestLivePage::filterIsCheckedWhileTyping()
{
    LivePage page(builtCaptureTool());
    prepare(page, {});
    auto* field = named<QLineEdit>(page, "Capture filter");
    const auto* error = named<QLabel>(page, "What is wrong with the filter");
    QTest::keyClicks(field, QStringLiteral("tcp prot 1"));
    QTRY_VERIFY(error->isVisible());
    QVERIFY2(error->text().contains(QStringLiteral("syntax error")), qPrintable(error->text()));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("tcp port 1"));
    QVERIFY(!error->isVisible());
    QCOMPARE(page.stateText(), QStringLiteral("not started"));
}

void TestLivePage::filterIsCheckedAtTheStart()
{
    LivePage page(builtCaptureTool());
    prepare(page, QStringLiteral("tcp prot 1"));
    QTest::keyClick(named<QLineEdit>(page, "Capture filter"), Qt::Key_Return);
    QTRY_COMPARE(page.stateText(), QStringLiteral("failed"));
    QVERIFY(named<QLabel>(page, "What is wrong with the filter")->isVisible());
    QVERIFY(named<QLabel>(page, "What went wrong")->isHidden());
    named<QLineEdit>(page, "Capture filter")->setText(QStringLiteral("tcp port 1"));
    page.start();
    QTRY_COMPARE(page.stateText(), QStringLiteral("capturing"));
    QVERIFY(named<QLabel>(page, "What is wrong with the filter")->isHidden());
}

void TestLivePage::missingRightNamesTheCommand()
{
    const FakeTool tool(FakeTool::withoutRight());
    LivePage page(tool.path());
    prepare(page, {});
    const auto* notice = page.findChild<GrantNotice*>();
    QVERIFY(notice->isHidden());
    QSignalSpy told(&page, &Page::statusMessage);
    button(page, "Start capture")->click();
    QTRY_VERIFY(notice->isVisible());
    QTRY_COMPARE(page.stateText(), QStringLiteral("failed"));
    QVERIFY(named<QLabel>(page, "What went wrong")->isHidden());
    const auto* command = named<QLineEdit>(page, "Command that grants the right");
    QCOMPARE(command->text(), grantCommand(tool.path()));
    QVERIFY(command->isReadOnly());
    named<QPushButton>(page, "Copy command")->click();
    QCOMPARE(QApplication::clipboard()->text(), command->text());
    QCOMPARE(told.size(), 1);
    QVERIFY(button(page, "Start capture")->isVisible()); // to try again
}

void TestLivePage::failuresAreSaid_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::addColumn<QString>("words");
    QTest::newRow("interface gone") << QByteArray("echo 'error interface The interface disappeared' >&2; exit 1")
                                    << QStringLiteral("The interface disappeared.");
    QTest::newRow("disk full") << QByteArray("echo 'error write No space left on device' >&2; exit 1")
                               << QStringLiteral("No space left on device.");
    QTest::newRow("died") << QByteArray("kill -9 $$") << QStringLiteral("without saying why");
}

void TestLivePage::failuresAreSaid()
{
    QFETCH(const QByteArray, capture);
    QFETCH(const QString, words);
    const FakeTool tool("if [ \"$1\" = interfaces ]; then printf 'lo\\tup,loopback\\t\\t\\n'; exit; fi\n" + capture);
    LivePage page(tool.path());
    prepare(page, {});
    page.start();
    QTRY_COMPARE(page.stateText(), QStringLiteral("failed"));
    const auto* failure = named<QLabel>(page, "What went wrong");
    QVERIFY(failure->isVisible());
    QVERIFY2(failure->text().contains(words), qPrintable(failure->text()));
    QVERIFY(page.findChild<GrantNotice*>()->isHidden());
}

void TestLivePage::closingEndsIt()
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("trace"));
    // It waits for the end of its input, as the real one does.
    const FakeTool tool("[ \"$1\" = interfaces ] && printf 'lo\\tup\\t\\t\\n' && exit\necho $$ > '"
        + QFile::encodeName(trace) + "'; echo capturing 1 >&2; exec cat");
    {
        LivePage page(tool.path());
        prepare(page, {});
        page.start();
        QTRY_COMPARE(page.stateText(), QStringLiteral("capturing"));
    }
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/" + QString::fromLatin1(file.readAll().trimmed());
    QTRY_VERIFY(!QFile::exists(process));
}

void TestLivePage::comesBack()
{
    LivePage page(builtCaptureTool());
    prepare(page, QStringLiteral("udp"));
    page.findChild<ProtocolBox*>()->setProtocol(linesProtocol());
    QJsonObject state = page.saveState();
    QCOMPARE(state.value(QStringLiteral("kind")).toString(), QStringLiteral("live"));
    state.insert(QStringLiteral("interface"), QStringLiteral("wlan7"));
    LivePage again(builtCaptureTool());
    again.restore(state);
    QCOMPARE(again.title(), QStringLiteral("Capture wlan7"));
    const auto* box = named<QComboBox>(again, "Interface");
    QTRY_COMPARE(box->currentText(), QStringLiteral("wlan7: not there at present"));
    QCOMPARE(named<QLineEdit>(again, "Capture filter")->text(), QStringLiteral("udp"));
    QCOMPARE(again.findChild<ProtocolBox*>()->protocol(), linesProtocol());
    QCOMPARE(again.stateText(), QStringLiteral("not started"));
    LivePage nonsense(builtCaptureTool());
    nonsense.restore({ { QStringLiteral("interface"), 7 }, { QStringLiteral("framing"), QStringLiteral("none") } });
    QTRY_COMPARE(nonsense.title(), QStringLiteral("Capture lo"));
}

SOCKEYE_TEST(TestLivePage)
#include "tst_live_page.moc"
