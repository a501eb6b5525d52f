// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/datagram/datagram_protocol.h"

#include "tests/testcase.h"
#include "tests/ui/pages/client_fixture.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QUdpSocket>

namespace sockeye {

using Kind = TranscriptEntry::Kind;

/// The client page over UDP, driven as a person does.
class TestClientUdp : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void oneDatagram();
    void severalDatagrams();
    void emptyDatagram();
    void tooLarge();
    void refused();
    void whatUdpDoesNotHave();
    void stateComesBack();

private:
    static ServerOptions uppercase()
    {
        ServerOptions options;
        options.service = QStringLiteral("uppercase-udp");
        return options;
    }
    static void chooseUdp(const ClientFixture& fixture)
    {
        auto* transport = fixture.part<QComboBox>(QStringLiteral("Transport"));
        QVERIFY(transport);
        QTest::keyClick(transport, Qt::Key_Down);
        QCOMPARE(transport->currentText(), QStringLiteral("UDP"));
    }
};

void TestClientUdp::oneDatagram()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    auto* value = fixture.part<QLineEdit>(QStringLiteral("Value"));
    QTest::keyClicks(value, QStringLiteral("hello"));
    QTest::keyClick(value, Qt::Key_Return);
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().kind, Kind::Reply);
    QCOMPARE(fixture.last().text, QStringLiteral("HELLO"));
    QVERIFY(fixture.transcript().entry(0).detail.contains(QStringLiteral("socket #1")));
    auto* messages = fixture.part<QTableView>(QStringLiteral("Messages"));
    QTRY_COMPARE(messages->model()->rowCount(), 2);
    const ConnectionRecord record = fixture.page.capture()->connection(1).value_or(ConnectionRecord());
    QCOMPARE(record.facts.transport, Transport::Udp);
    QCOMPARE(record.facts.peer, fixture.server.address());
}

void TestClientUdp::severalDatagrams()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    auto* delivery = fixture.part<QComboBox>(QStringLiteral("Delivery"));
    delivery->setCurrentIndex(1);
    QCOMPARE(delivery->currentText(), QStringLiteral("several datagrams"));
    fixture.part<QLineEdit>(QStringLiteral("Sizes of the pieces"))->setText(QStringLiteral("1,2"));
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("abcde"));
    fixture.page.send();
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().text, QStringLiteral("ABCDE"));
    QVERIFY(fixture.transcript().entry(0).detail.contains(QStringLiteral("several datagrams")));
    QTRY_COMPARE(fixture.page.capture()->messageCount(), 6);
}

void TestClientUdp::emptyDatagram()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    fixture.part<QLineEdit>(QStringLiteral("Value"))->clear();
    fixture.page.send();
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().kind, Kind::Reply);
    QTRY_COMPARE(fixture.page.capture()->messageCount(), 2);
    QCOMPARE(fixture.page.capture()->message(1).size, 0);
    auto* messages = fixture.part<QTableView>(QStringLiteral("Messages"));
    QTRY_COMPARE(messages->model()->rowCount(), 2);
    const auto isNamed = [&] {
        for (int column = 0; column < messages->model()->columnCount(); ++column) {
            if (messages->model()->index(1, column).data().toString().contains(QStringLiteral("empty datagram"))) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(isNamed()); // it is read in another thread
}

void TestClientUdp::tooLarge()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QString(65'508, QLatin1Char('x')));
    fixture.page.send();
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().kind, Kind::Failed);
    QCOMPARE(fixture.last().failure.code, FailureCode::TooLarge);
}

void TestClientUdp::refused()
{
    ClientFixture fixture(uppercase());
    QUdpSocket taken;
    QVERIFY(taken.bind(QHostAddress::LocalHost, 0));
    fixture.page.setTarget(QStringLiteral("127.0.0.1"), taken.localPort());
    taken.close();
    chooseUdp(fixture);
    fixture.part<QLineEdit>(QStringLiteral("Value"))->setText(QStringLiteral("x"));
    fixture.page.send();
    QTRY_COMPARE(fixture.transcript().rowCount(), 2);
    QCOMPARE(fixture.last().failure.code, FailureCode::Refused);
    QVERIFY(fixture.last().failure.oneLine().contains(QStringLiteral("ICMP")));
}

void TestClientUdp::whatUdpDoesNotHave()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    auto* protocol = fixture.part<QComboBox>(QStringLiteral("Protocol"));
    QCOMPARE(protocol->currentText(), QStringLiteral("Datagrams"));
    QCOMPARE(protocol->findText(QStringLiteral("Lines of text")), -1); // nothing that needs a stream
    QTest::mouseClick(fixture.part<QToolButton>(QStringLiteral("Connect")), Qt::LeftButton, {}, QPoint(4, 4));
    QTRY_COMPARE(fixture.page.stateText(), QStringLiteral("connected"));
    auto* state = fixture.part<QLabel>(QStringLiteral("Connection state"));
    QVERIFY2(state->text().contains(QStringLiteral("UDP")), qPrintable(state->text()));
    for (const QAction* action : fixture.part<QToolButton>(QStringLiteral("Disconnect"))->menu()->actions()) {
        QVERIFY2(action->isSeparator() || !action->isEnabled(), qPrintable(action->text()));
    }
    QTest::keyClick(fixture.part<QComboBox>(QStringLiteral("Transport")), Qt::Key_Up);
    QCOMPARE(protocol->currentText(), QStringLiteral("Application protocol"));
    QCOMPARE(fixture.page.capture()->protocol(), appProtocol());
}

void TestClientUdp::stateComesBack()
{
    ClientFixture fixture(uppercase());
    chooseUdp(fixture);
    ClientPage other(fixture.threads);
    other.restore(fixture.page.saveState());
    QCOMPARE(other.capture()->protocol(), appProtocol()); // of streams
    QCOMPARE(other.saveState().value(u"udp"), QJsonValue(true));
}

SOCKEYE_TEST(TestClientUdp)

} // namespace sockeye

#include "tst_client_udp.moc"
