// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/testcase.h"
#include "ui/widgets/socket_options_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace sockeye {

namespace {

template <typename Part> Part* part(const QWidget& panel, const QString& name)
{
    for (Part* const each : panel.findChildren<Part*>()) {
        if (each->accessibleName() == name || each->property("text").toString() == name) {
            return each;
        }
    }
    return nullptr;
}

std::unique_ptr<SocketOptionsPanel> newPanel(SocketOptionsPanel::Side side)
{
    auto panel = std::make_unique<SocketOptionsPanel>(side);
    part<QToolButton>(*panel, QStringLiteral("Socket options"))->click();
    return panel;
}

void type(const SocketOptionsPanel& panel, const char* name, const char* text)
{
    part<QLineEdit>(panel, QString::fromLatin1(name))->setText(QString::fromLatin1(text));
}

QString problem(const SocketOptionsPanel& panel)
{
    const auto* label = part<QLabel>(panel, QStringLiteral("What is wrong with the socket options"));
    return label->isVisibleTo(&panel) ? label->text() : QString();
}

} // namespace

/// The options of sockets as they are typed.
class TestSocketOptions : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void untouched();
    void streams();
    void datagrams();
    void stateComesBack();
    void wrong_data();
    void wrong();
    void noWayAroundTheProxy();
    void serverHasNoOwnEnd();
};

void TestSocketOptions::untouched()
{
    for (const auto side : { SocketOptionsPanel::Side::Client, SocketOptionsPanel::Side::Server }) {
        const auto panel = newPanel(side);
        QCOMPARE(panel->options(), SocketOptions());
        QVERIFY(!panel->proxy());
        panel->setTransport(Transport::Udp);
        QCOMPARE(panel->options(), SocketOptions());
    }
}

void TestSocketOptions::streams()
{
    const auto panel = newPanel(SocketOptionsPanel::Side::Client);
    type(*panel, "Own address and port", "127.0.0.9:4000");
    type(*panel, "Proxy", "http://me:secret@proxy:3128");
    part<QCheckBox>(*panel, QStringLiteral("Send small writes at once"))->click();
    part<QCheckBox>(*panel, QStringLiteral("Keep-alive"))->click();
    part<QSpinBox>(*panel, QStringLiteral("after"))->setValue(9);
    part<QSpinBox>(*panel, QStringLiteral("every"))->setValue(3);
    part<QSpinBox>(*panel, QStringLiteral("times"))->setValue(4);
    part<QSpinBox>(*panel, QStringLiteral("Send buffer"))->setValue(20'000);
    part<QSpinBox>(*panel, QStringLiteral("Receive buffer"))->setValue(30'000);
    part<QSpinBox>(*panel, QStringLiteral("TTL"))->setValue(7);
    part<QSpinBox>(*panel, QStringLiteral("Traffic class"))->setValue(0);
    SocketOptions wanted;
    wanted.bindTo = { QHostAddress(QStringLiteral("127.0.0.9")), 4000 };
    wanted.noDelay = false;
    wanted.keepAlive = { 9, 3, 4 };
    wanted.sendBuffer = 20'000;
    wanted.receiveBuffer = 30'000;
    wanted.ttl = 7;
    wanted.trafficClass = 0;
    QCOMPARE(panel->options(), wanted);
    QCOMPARE(panel->proxy().value_or(ProxyOptions()).password, QByteArray("secret"));
    QCOMPARE(problem(*panel), QString());
    QVERIFY(!part<QLineEdit>(*panel, QStringLiteral("Join groups"))->isVisibleTo(panel.get()));
    panel->setTransport(Transport::Udp);
    QVERIFY(!panel->proxy());
    QVERIFY(!part<QLineEdit>(*panel, QStringLiteral("Proxy"))->isVisibleTo(panel.get()));
}

void TestSocketOptions::datagrams()
{
    const auto panel = newPanel(SocketOptionsPanel::Side::Client);
    type(*panel, "Join groups", "239.1.2.3, ff02::1 239.1.2.3");
    part<QCheckBox>(*panel, QStringLiteral("Allow broadcasts"))->click();
    part<QCheckBox>(*panel, QStringLiteral("Loop back"))->click();
    auto* interface = part<QComboBox>(*panel, QStringLiteral("Interface"));
    interface->setCurrentText(QStringLiteral("lo"));
    QCOMPARE(panel->options(), SocketOptions());
    panel->setTransport(Transport::Udp);
    SocketOptions wanted;
    wanted.groups = { QHostAddress(QStringLiteral("239.1.2.3")), QHostAddress(QStringLiteral("ff02::1")) };
    wanted.broadcast = true;
    wanted.multicastLoop = false;
    wanted.interface = QStringLiteral("lo");
    QCOMPARE(panel->options(), wanted);
}

void TestSocketOptions::stateComesBack()
{
    const auto panel = newPanel(SocketOptionsPanel::Side::Client);
    type(*panel, "Own address and port", "4000");
    type(*panel, "Proxy", "socks5://me:secret@proxy:1081");
    type(*panel, "Join groups", "239.1.2.3");
    part<QCheckBox>(*panel, QStringLiteral("Keep-alive"))->click();
    part<QSpinBox>(*panel, QStringLiteral("after"))->setValue(9);
    const QJsonObject state = panel->saveState();
    QVERIFY(!QJsonDocument(state).toJson().contains("secret"));
    SocketOptionsPanel other(SocketOptionsPanel::Side::Client);
    other.restore(state);
    QCOMPARE(other.options(), panel->options());
    const ProxyOptions proxy { ProxyOptions::Kind::Socks5, QStringLiteral("proxy"), 1081, "me", {} };
    QCOMPARE(other.proxy().value_or(ProxyOptions()), proxy);
    other.setTransport(Transport::Udp);
    QCOMPARE(other.options().groups.size(), 1);
    // Nonsense changes nothing.
    other.restore({ { QStringLiteral("ttl"), QStringLiteral("x") }, { QStringLiteral("sendBuffer"), -5 } });
    QVERIFY(!other.options().ttl);
    QVERIFY(!other.options().sendBuffer);
}

void TestSocketOptions::wrong_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("udp");
    QTest::addColumn<QString>("said");
    QTest::newRow("own end") << QByteArray("Own address and port") << QByteArray("here") << false
                             << QStringLiteral("“here” is no address of our own");
    QTest::newRow("proxy") << QByteArray("Proxy") << QByteArray("proxy:1080") << false
                           << QStringLiteral("expected socks5://HOST:PORT");
    QTest::newRow("group") << QByteArray("Join groups") << QByteArray("10.0.0.1") << true
                           << QStringLiteral("“10.0.0.1” is no multicast group");
}

void TestSocketOptions::wrong()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QByteArray, text);
    QFETCH(const bool, udp);
    QFETCH(const QString, said);
    const auto panel = newPanel(SocketOptionsPanel::Side::Client);
    panel->setTransport(udp ? Transport::Udp : Transport::Tcp);
    type(*panel, field.constData(), text.constData());
    QVERIFY2(problem(*panel).contains(said), qPrintable(problem(*panel)));
    QCOMPARE(panel->options(), SocketOptions());
    type(*panel, field.constData(), "");
    QCOMPARE(problem(*panel), QString());
}

void TestSocketOptions::noWayAroundTheProxy()
{
    const auto panel = newPanel(SocketOptionsPanel::Side::Client);
    type(*panel, "Proxy", "sock5://proxy");
    QVERIFY(panel->proxy()); // one that cannot be reached, rather than none
}

void TestSocketOptions::serverHasNoOwnEnd()
{
    const auto panel = newPanel(SocketOptionsPanel::Side::Server);
    for (const char* const name : { "Own address and port", "Proxy" }) {
        QVERIFY(part<QLineEdit>(*panel, QString::fromLatin1(name)) == nullptr);
    }
    QVERIFY(part<QLineEdit>(*panel, QStringLiteral("Join groups")) != nullptr);
}

SOCKEYE_TEST(TestSocketOptions)

} // namespace sockeye

#include "tst_socket_options.moc"
