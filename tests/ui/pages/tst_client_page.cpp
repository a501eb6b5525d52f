// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/app/net/refusing_port.h"
#include "tests/app/reading/wait_until_idle.h"
#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"
#include "ui/composer/composer_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTcpSocket>
#include <QToolButton>

namespace sockeye {

using Kind = TranscriptEntry::Kind;

class TestClientPage : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void accessibleNames();
    void sendByKeyboard();
    void ctrlEnterFromEverywhere();
    void delivery_data();
    void delivery();
    void lyingLengthIsAnsweredInPlace();
    void unreadableHexIsNotSent();
    void hostsAreUnderstoodOrExplained();
    void refused();
    void timedOut();
    void persistent();
    void connectAndDisconnect();
    void plainTextToAnEchoServer();
    void historyWithArrowKeys();
    void selectionLeadsToMessages();
    void stateComesBack();
    void hostileState();
    void narrow();
};

void TestClientPage::accessibleNames()
{
    const ClientFixture fixture;
    QVERIFY(fixture.part<QLineEdit>(QStringLiteral("Host")));
    QVERIFY(fixture.part<QSpinBox>(QStringLiteral("Port")));
    QVERIFY(fixture.part<QComboBox>(QStringLiteral("Action")));
    QVERIFY(fixture.part<QComboBox>(QStringLiteral("Action"))->isEditable());
    QVERIFY(fixture.part<QLineEdit>(QStringLiteral("Value")));
    QVERIFY(fixture.part<QPushButton>(QStringLiteral("Send")));
    QVERIFY(fixture.part<QTableView>(QStringLiteral("Messages")));
}

void TestClientPage::sendByKeyboard()
{
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    auto* value = fixture.part<QLineEdit>(QStringLiteral("Value"));
    QTest::keyClicks(value, QStringLiteral("morpheus"));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.transcript().entry(0).kind, Kind::Request);
    QVERIFY(fixture.transcript().entry(0).text.contains(QStringLiteral("morpheus")));
    QVERIFY(fixture.transcript().entry(0).detail.contains(fixture.server.address().toString()));
    QCOMPARE(fixture.last().kind, Kind::Reply);
    QCOMPARE(fixture.last().text, QStringLiteral("Follow the white rabbit. 🐰"));
    QVERIFY(fixture.last().steps.total() > 0);
    QVERIFY(fixture.last().steps.text().contains(QStringLiteral("connect")));
}

void TestClientPage::ctrlEnterFromEverywhere()
{
    ClientFixture fixture;
    fixture.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&fixture.window));
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    int sent = 0;
    for (const QString& name : { QStringLiteral("Host"), QStringLiteral("Value"), QStringLiteral("JSON content"),
             QStringLiteral("Request bytes"), QStringLiteral("Transcript") }) {
        auto* part = fixture.part<QWidget>(name);
        QVERIFY2(part, qPrintable(name));
        part->setFocus();
        QTest::keyClick(part, Qt::Key_Return, Qt::ControlModifier);
        ++sent;
        QTRY_COMPARE(finished.size(), sent);
    }
}

void TestClientPage::delivery_data()
{
    QTest::addColumn<QString>("delivery");
    QTest::addColumn<QString>("sizes");
    QTest::addColumn<bool>("isGood");
    QTest::addColumn<int>("writes");
    QTest::newRow("whole") << QStringLiteral("whole") << QString() << true << 1;
    QTest::newRow("byte by byte") << QStringLiteral("byte by byte") << QString() << true << 146;
    QTest::newRow("the last size repeats") << QStringLiteral("in pieces") << QStringLiteral("1,2,50") << true << 5;
    QTest::newRow("one size") << QStringLiteral("in pieces") << QStringLiteral("73") << true << 2;
    QTest::newRow("no sizes") << QStringLiteral("in pieces") << QStringLiteral("") << false << 0;
    QTest::newRow("size 0") << QStringLiteral("in pieces") << QStringLiteral("0,1") << false << 0;
    QTest::newRow("no number") << QStringLiteral("in pieces") << QStringLiteral("1,two") << false << 0;
}

void TestClientPage::delivery()
{
    QFETCH(QString, delivery);
    QFETCH(QString, sizes);
    QFETCH(bool, isGood);
    QFETCH(int, writes);
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("morpheus"));
    fixture.part<QComboBox>(QStringLiteral("byteorder"))->setEditText(QStringLiteral("little"));
    fixture.part<QComboBox>(QStringLiteral("Delivery"))->setCurrentText(delivery);
    fixture.part<QLineEdit>(QStringLiteral("Sizes of the pieces"))->setText(sizes);
    fixture.part<QSpinBox>(QStringLiteral("Pause between pieces"))->setValue(0);
    auto* button = fixture.part<QPushButton>(QStringLiteral("Send"));
    QCOMPARE(button->isEnabled(), isGood);
    QTest::mouseClick(button, Qt::LeftButton);
    if (!isGood) {
        QCOMPARE(fixture.transcript().rowCount(), 0);
        return;
    }
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(fixture.last().text, QStringLiteral("Follow the white rabbit. 🐰"));
    waitUntilIdle(*fixture.page.capture());
    const TranscriptEntry& request = fixture.transcript().entry(0);
    QCOMPARE(request.size, 146);
    QCOMPARE(std::ssize(fixture.page.capture()->chunks(request.connection, Direction::Out, 0, 146)), writes);
}

void TestClientPage::lyingLengthIsAnsweredInPlace()
{
    ClientFixture fixture;
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("ring"));
    auto* lock = fixture.part<QToolButton>(QStringLiteral("Set content-length by hand"));
    auto* length = fixture.part<QLineEdit>(QStringLiteral("content-length"));
    QVERIFY(length->isReadOnly());
    QTest::mouseClick(lock, Qt::LeftButton);
    QVERIFY(!length->isReadOnly());
    length->selectAll();
    QTest::keyClicks(length, QStringLiteral("-3"));
    QTest::mouseClick(fixture.part<QPushButton>(QStringLiteral("Send")), Qt::LeftButton);
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QVERIFY2(fixture.last().isErrorReply, qPrintable(fixture.last().text));
    QVERIFY(fixture.last().text.contains(QStringLiteral("content-length")));
    waitUntilIdle(*fixture.page.capture());
    const TranscriptEntry& request = fixture.transcript().entry(0);
    QVERIFY(fixture.page.capture()
                ->read(request.connection, Direction::Out, request.offset, request.size)
                .contains("\"content-length\": -3}"));
    // Locked again, the length is right again.
    QTest::mouseClick(lock, Qt::LeftButton);
    QCOMPARE(length->text(), QStringLiteral("37"));
    QTest::mouseClick(fixture.part<QPushButton>(QStringLiteral("Send")), Qt::LeftButton);
    QTRY_COMPARE(fixture.transcript().rowCount(), 4);
    QVERIFY(fixture.last().text.contains(QStringLiteral("Misty Mountains")));
}

void TestClientPage::unreadableHexIsNotSent()
{
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    QSignalSpy told(&fixture.page, &Page::statusMessage);
    auto* hex = fixture.part<QPlainTextEdit>(QStringLiteral("Request in hex"));
    for (const auto& text : { QStringLiteral("0 1 2 3"), QStringLiteral("00 02 5") }) {
        told.clear();
        hex->setPlainText(text);
        QTest::keyClick(hex, Qt::Key_Return, Qt::ControlModifier);
        fixture.page.send();
        QVERIFY(!told.isEmpty());
        const QString why = told.constLast().constFirst().toString();
        QVERIFY2(why.startsWith(u"Nothing was sent. Hex: Column ") && why.contains(u"half a byte"), qPrintable(why));
        QCOMPARE(fixture.transcript().rowCount(), 0);
    }
    // What can be read is sent.
    hex->setPlainText(QStringLiteral("0x00, 0x00"));
    fixture.page.send();
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.transcript().entry(0).size, 2);
}

void TestClientPage::hostsAreUnderstoodOrExplained()
{
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    QSignalSpy told(&fixture.page, &Page::statusMessage);
    auto* host = fixture.part<QLineEdit>(QStringLiteral("Host"));
    auto* port = fixture.part<QSpinBox>(QStringLiteral("Port"));
    const QList<std::pair<QString, QString>> wrong { { QString(), QStringLiteral("No host is given") },
        { QStringLiteral("http://localhost"), QStringLiteral("without a scheme") },
        { QStringLiteral("fe80::1"), QStringLiteral("link-local") },
        { QStringLiteral("fe80::1%nosuch9"), QStringLiteral("no interface “nosuch9”") } };
    for (const auto& [written, why] : wrong) {
        told.clear();
        host->setText(written);
        fixture.page.send();
        QVERIFY2(!told.isEmpty() && told.constLast().constFirst().toString().contains(why), qPrintable(written));
        QCOMPARE(fixture.transcript().rowCount(), 0);
    }
    // A port behind the host counts, and goes to its field.
    port->setValue(1);
    host->setText(QStringLiteral("127.0.0.1:%1").arg(fixture.server.address().port));
    QTest::keyClick(host, Qt::Key_Return);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished.constFirst().constFirst().toBool());
    QCOMPARE(host->text(), QStringLiteral("127.0.0.1"));
    QCOMPARE(port->value(), int(fixture.server.address().port));
}

void TestClientPage::refused()
{
    ClientFixture fixture;
    const RefusingPort taken;
    fixture.page.setTarget(QStringLiteral("127.0.0.1"), taken.address().port);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().kind, Kind::Failed);
    QCOMPARE(fixture.last().failure.code, FailureCode::Refused);
    QVERIFY(!fixture.last().failure.advice.isEmpty());
    QVERIFY(fixture.transcript().entry(0).detail.contains(QStringLiteral("not sent")));
    QVERIFY(!fixture.page.isActive());
}

void TestClientPage::timedOut()
{
    ServerOptions options;
    options.service = QStringLiteral("stall");
    ClientFixture fixture(options);
    QJsonObject state = fixture.page.saveState();
    QJsonObject clientOptions = state.value(u"options").toObject();
    clientOptions.insert(QStringLiteral("replyTimeout"), 0.2);
    state.insert(QStringLiteral("options"), clientOptions);
    fixture.page.restore(state);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().failure.code, FailureCode::NoReply);
    QVERIFY(fixture.transcript().entry(0).connection > 0);
}

void TestClientPage::persistent()
{
    ServerOptions options;
    options.serviceOptions.persistent = true;
    ClientFixture fixture(options);
    fixture.page.findChild<QCheckBox*>()->setChecked(true);
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    for (int i = 0; i < 20; ++i) {
        fixture.page.sendRequest(QStringLiteral("double"), QString::number(i));
    }
    QTRY_COMPARE(finished.size(), 20);
    QTRY_COMPARE(fixture.transcript().rowCount(), 40);
    QSet<quint32> connections;
    QStringList results;
    for (int row = 0; row < 40; ++row) {
        connections.insert(fixture.transcript().entry(row).connection);
        if (fixture.transcript().entry(row).kind == Kind::Reply) {
            results.append(fixture.transcript().entry(row).text);
        }
    }
    QCOMPARE(connections.size(), 1);
    QCOMPARE(results.size(), 20);
    QCOMPARE(results.first(), QStringLiteral("0"));
    QCOMPARE(results.last(), QStringLiteral("38"));
    QVERIFY(fixture.page.isActive());
    QCOMPARE(fixture.page.stateText(), QStringLiteral("connected"));
}

void TestClientPage::connectAndDisconnect()
{
    ServerOptions options;
    options.serviceOptions.persistent = true;
    ClientFixture fixture(options);
    auto* button = fixture.part<QToolButton>(QStringLiteral("Connect"));
    QVERIFY(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(fixture.page.stateText(), QStringLiteral("connected"));
    QCOMPARE(button->accessibleName(), QStringLiteral("Disconnect"));
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QVERIFY(fixture.transcript().entry(0).detail.contains(QStringLiteral("kept")));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(fixture.page.stateText(), QStringLiteral("not connected"));
    QCOMPARE(button->accessibleName(), QStringLiteral("Connect"));
}

void TestClientPage::plainTextToAnEchoServer()
{
    ServerOptions options;
    options.service = QStringLiteral("echo");
    ClientFixture fixture(options);
    const std::shared_ptr<Capture> before = fixture.page.capture();
    auto* protocol = fixture.part<QComboBox>(QStringLiteral("Protocol"));
    protocol->setCurrentIndex(protocol->findData(QStringLiteral("raw")));
    QCOMPARE(fixture.page.capture()->protocol(), rawProtocol());
    QVERIFY(fixture.page.capture() != before);
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("hello 日本語"));
    fixture.page.send();
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().text, QStringLiteral("hello 日本語"));
    QTRY_COMPARE(fixture.page.currentMessage().record.kind, RecordKind::Message);
    QTRY_COMPARE(fixture.page.currentMessage().record.size, fixture.last().size);
}

void TestClientPage::historyWithArrowKeys()
{
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    fixture.page.sendRequest(QStringLiteral("test"), QStringLiteral("abc"));
    QTRY_COMPARE(finished.size(), 2);
    auto* action = fixture.part<QComboBox>(QStringLiteral("Action"));
    auto* value = fixture.part<QLineEdit>(QStringLiteral("Value"));
    QVERIFY(action->findText(QStringLiteral("test")) >= 0);
    value->setText(QStringLiteral("typing"));
    QTest::keyClick(value, Qt::Key_Up);
    QCOMPARE(value->text(), QStringLiteral("abc"));
    QTest::keyClick(value, Qt::Key_Up);
    QCOMPARE(action->currentText(), QStringLiteral("search"));
    QCOMPARE(value->text(), QStringLiteral("ring"));
    QTest::keyClick(action, Qt::Key_Up);
    QCOMPARE(value->text(), QStringLiteral("ring"));
    QTest::keyClick(value, Qt::Key_Down);
    QTest::keyClick(value, Qt::Key_Down);
    QCOMPARE(value->text(), QStringLiteral("typing"));
    QCOMPARE(action->currentText(), QStringLiteral("test"));
}

void TestClientPage::selectionLeadsToMessages()
{
    ClientFixture fixture;
    QSignalSpy selected(&fixture.page, &Page::currentMessageChanged);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("morpheus"));
    // The newest entry is selected by itself.
    QTRY_COMPARE(fixture.page.currentMessage().record.direction, Direction::In);
    QTRY_COMPARE(fixture.page.currentMessage().record.size, 148);
    auto* view = fixture.page.findChild<TranscriptView*>();
    view->setCurrentIndex(fixture.transcript().index(0));
    QTRY_COMPARE(fixture.page.currentMessage().record.direction, Direction::Out);
    const MessageRef message = fixture.page.currentMessage();
    QVERIFY(message.row >= 0);
    QCOMPARE(message.capture, fixture.page.capture());
    QCOMPARE(message.capture->read(message.record.connection, Direction::Out, message.record.offset, 2).size(), 2);
    QVERIFY(!selected.isEmpty());
}

void TestClientPage::stateComesBack()
{
    ClientFixture fixture;
    QSignalSpy finished(&fixture.page, &ClientPage::exchangeFinished);
    fixture.page.sendRequest(QStringLiteral("test"), QStringLiteral("naïve 日本語"));
    QTRY_COMPARE(finished.size(), 1);
    const QJsonObject state = fixture.page.saveState();
    QCOMPARE(state.value(u"kind").toString(), QStringLiteral("client"));

    QWidget window;
    ClientPage other(fixture.threads, &window);
    other.restore(state);
    window.show();
    QCOMPARE(other.title(), fixture.page.title());
    auto* value = ClientFixture::part<QLineEdit>(other, QStringLiteral("Value"));
    QCOMPARE(value->text(), QStringLiteral("naïve 日本語"));
    value->clear();
    QTest::keyClick(value, Qt::Key_Up);
    QCOMPARE(value->text(), QStringLiteral("naïve 日本語"));
    QCOMPARE(other.saveState().value(u"composer").toObject().value(u"history"),
        state.value(u"composer").toObject().value(u"history"));
}

void TestClientPage::hostileState()
{
    ClientFixture fixture;
    const QString title = fixture.page.title();
    fixture.page.restore({
        { QStringLiteral("port"), 99'999 },
        { QStringLiteral("host"), QJsonArray {} },
        { QStringLiteral("options"), QStringLiteral("none") },
        { QStringLiteral("parts"), QStringLiteral("!!") },
        { QStringLiteral("composer"),
            QJsonObject {
                { QStringLiteral("bytes"), QStringLiteral("zz") },
                { QStringLiteral("history"), QJsonArray { 1, QJsonObject { { QStringLiteral("action"), 2 } } } },
                { QStringLiteral("view"), 77 },
                { QStringLiteral("lineEnd"), -5 },
            } },
    });
    QCOMPARE(fixture.page.title(), title);
    fixture.page.sendRequest(QStringLiteral("search"), QStringLiteral("ring"));
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
}

void TestClientPage::narrow()
{
    ClientFixture fixture;
    QVERIFY2(fixture.page.minimumSizeHint().width() <= 640,
        qPrintable(QString::number(fixture.page.minimumSizeHint().width())));
    QVERIFY2(fixture.page.minimumSizeHint().height() <= 680,
        qPrintable(QString::number(fixture.page.minimumSizeHint().height())));
}

SOCKEYE_TEST(TestClientPage)

} // namespace sockeye

#include "tst_client_page.moc"
