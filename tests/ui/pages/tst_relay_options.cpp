// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client.h"
#include "app/relay/report/relay_command.h"
#include "protocol/protocols/app/message.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

namespace sockeye {

/// What is behind "Options" on the page of a relay.
class TestRelayOptions : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void encryptsEitherSide_data();
    void encryptsEitherSide();
    void saysWhatIsWrongWithACertificate();
    void knowsWhatUdpHasNot();
    void takesWhatIsEntered();
    void comesBack();
    void writesTheCommand_data();
    void writesTheCommand();

private:
    void startTlsTarget();
    [[nodiscard]] QByteArray askOverTls() const;
};

void TestRelayOptions::startTlsTarget()
{
    m_server = std::make_unique<Server>(*m_threads, Capture::create({}));
    ServerOptions options;
    options.port = 0;
    options.tls.certificate = TlsServerOptions::Certificate::SelfSigned;
    m_server->start(options);
    QTRY_COMPARE(m_server->state(), Server::State::Listening);
    m_page->setTarget(QStringLiteral("127.0.0.1"), m_server->address().port);
}

QByteArray TestRelayOptions::askOverTls() const
{
    Client client(*m_threads, Capture::create({}));
    ClientOptions options;
    options.port = m_page->relay()->address().port;
    options.tls.on = true;
    options.tls.acceptAnything = true;
    QSignalSpy done(&client, &Client::exchangeFinished);
    SendPlan plan;
    plan.bytes = encodeRequest(u"search", u"morpheus");
    client.send(options, plan);
    return done.count() > 0 || done.wait(patience) ? done.at(0).at(0).value<Exchange>().reply : QByteArray();
}

void TestRelayOptions::encryptsEitherSide_data()
{
    QTest::addColumn<bool>("clients");
    QTest::addColumn<bool>("target");
    QTest::newRow("clients") << true << false;
    QTest::newRow("target") << false << true;
    QTest::newRow("both") << true << true;
}

void TestRelayOptions::encryptsEitherSide()
{
    QFETCH(const bool, clients);
    QFETCH(const bool, target);
    setUp();
    if (target) {
        startTlsTarget();
    } else {
        startTarget();
    }
    if (clients) {
        named<QComboBox>(QStringLiteral("TLS with clients"))->setCurrentIndex(1);
    }
    named<QCheckBox>(QStringLiteral("TLS with the target"))->setChecked(target);
    named<QCheckBox>(QStringLiteral("Accept any certificate"))->setChecked(true);
    startRelay();
    const QByteArray answer = clients ? askOverTls() : exchange(encodeRequest(u"search", u"morpheus"));
    QVERIFY2(answer.contains("white rabbit"), answer.constData());
    QCOMPARE(named<QLabel>(QStringLiteral("Relay certificate"))->isHidden(), !clients);
    const QString state = named<QLabel>(QStringLiteral("Relay state"))->text();
    QCOMPARE(state.count(QStringLiteral("TLS")), static_cast<int>(clients) + static_cast<int>(target));
    QVERIFY(!named<QComboBox>(QStringLiteral("TLS with clients"))->isEnabled()); // from the next start on
}

void TestRelayOptions::saysWhatIsWrongWithACertificate()
{
    setUp();
    startTlsTarget();
    named<QCheckBox>(QStringLiteral("TLS with the target"))->setChecked(true);
    startRelay();
    (void)exchange(encodeRequest(u"search", u"morpheus"));
    const auto* problem = named<QLabel>(QStringLiteral("What is wrong with the target"));
    QTRY_VERIFY_WITH_TIMEOUT(!problem->isHidden(), patience);
    QVERIFY2(problem->text().contains(QStringLiteral("certificate")), qPrintable(problem->text()));
}

void TestRelayOptions::knowsWhatUdpHasNot()
{
    setUp();
    auto* tls = named<QComboBox>(QStringLiteral("TLS with clients"));
    tls->setCurrentIndex(1);
    named<QCheckBox>(QStringLiteral("TLS with the target"))->setChecked(true);
    auto* idle = named<QSpinBox>(QStringLiteral("Idle time-out"));
    QVERIFY(tls->isEnabled() && !idle->isEnabled());
    named<QComboBox>(QStringLiteral("Transport"))->setCurrentIndex(1);
    QVERIFY(!tls->isEnabled() && idle->isEnabled());
    startRelay(); // without TLS, and without a complaint
    QVERIFY(!m_page->relay()->options().tls.isOn());
    QVERIFY(!m_page->relay()->options().tlsTarget.on);
}

void TestRelayOptions::takesWhatIsEntered()
{
    setUp();
    startTarget();
    named<QSpinBox>(QStringLiteral("Connect time-out"))->setValue(3);
    named<QSpinBox>(QStringLiteral("Max. connections"))->setValue(7);
    named<QSpinBox>(QStringLiteral("TTL"))->setValue(9);
    named<QLineEdit>(QStringLiteral("Own address and port"))->setText(QStringLiteral("127.0.0.2"));
    startRelay();
    const RelayOptions& options = m_page->relay()->options();
    QCOMPARE(options.connectTimeout, std::chrono::milliseconds(3000));
    QCOMPARE(options.maxConnections, 7);
    QCOMPARE(options.socket.ttl, std::optional<int>(9));
    QVERIFY(exchange(encodeRequest(u"search", u"morpheus")).contains("white rabbit"));
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 1);
    QTRY_COMPARE(m_page->relay()->target(1)->local.hostText(), QStringLiteral("127.0.0.2"));
}

void TestRelayOptions::comesBack()
{
    setUp();
    auto* shown = named<QToolButton>(QStringLiteral("Options"));
    QVERIFY(shown);
    shown->setChecked(true);
    QVERIFY(named<QSpinBox>(QStringLiteral("Max. connections"))->isVisible());
    named<QSpinBox>(QStringLiteral("Max. connections"))->setValue(7);
    named<QComboBox>(QStringLiteral("TLS with clients"))->setCurrentIndex(2);
    named<QLineEdit>(QStringLiteral("Certificate file"))->setText(QStringLiteral("some.pem"));
    named<QCheckBox>(QStringLiteral("TLS with the target"))->setChecked(true);
    named<QLineEdit>(QStringLiteral("Own certificate"))->setText(QStringLiteral("own.pem"));
    RelayPage other(*m_threads);
    other.restore(m_page->saveState());
    QCOMPARE(other.saveState(), m_page->saveState());
    QVERIFY(
        other.command().contains(QStringLiteral("--tls-listen-cert some.pem --tls-target --tls-target-cert own.pem")));
    QVERIFY(other.command().contains(QStringLiteral("--max-connections 7")));
}

void TestRelayOptions::writesTheCommand_data()
{
    QTest::addColumn<RelayOptions>("options");
    QTest::addColumn<QString>("words");
    RelayOptions options;
    QTest::newRow("nothing") << options << QString();
    options.tls.certificate = TlsServerOptions::Certificate::SelfSigned;
    options.tlsTarget.on = true;
    options.tlsTarget.acceptAnything = true;
    QTest::newRow("TLS, whatever the target shows") << options << QStringLiteral(" --tls-listen --tls-target-insecure");
    options.tls = { TlsServerOptions::Certificate::Own, QStringLiteral("a b.pem"), QStringLiteral("k.pem") };
    options.tlsTarget = { true, QStringLiteral("ca.pem"), false, QStringLiteral("o.pem"), QStringLiteral("ok.pem") };
    QTest::newRow("TLS with files") << options
                                    << QStringLiteral(
                                           " --tls-listen-cert 'a b.pem' --tls-listen-key k.pem --tls-target "
                                           "--tls-target-ca ca.pem --tls-target-cert o.pem --tls-target-key "
                                           "ok.pem");
    options = RelayOptions();
    options.connectTimeout = std::chrono::milliseconds(1500);
    options.maxConnections = 3;
    options.targetFamily = QAbstractSocket::IPv6Protocol;
    options.idleTimeout = std::chrono::seconds(5); // of UDP alone
    QTest::newRow("limits") << options << QStringLiteral(" --timeout 1.5 --max-connections 3 -6");
    options = RelayOptions();
    options.socket.bindTo = { QHostAddress(QStringLiteral("::1")), 5000 };
    options.socket.noDelay = false;
    options.socket.keepAlive = { 10, 0, 3 };
    options.socket.sendBuffer = 4096;
    options.socket.receiveBuffer = 8192;
    options.socket.ttl = 5;
    options.socket.trafficClass = 184;
    QTest::newRow("sockets") << options
                             << QStringLiteral(" --bind '[::1]:5000' --nagle --keep-alive 10 --keep-alive-count 3 "
                                               "--send-buffer 4096 --receive-buffer 8192 --ttl 5 --tos 184");
    options = RelayOptions();
    options.socket.bindTo.port = 5000;
    QTest::newRow("own port") << options << QStringLiteral(" --bind 5000");
}

void TestRelayOptions::writesTheCommand()
{
    QFETCH(const RelayOptions, options);
    QFETCH(const QString, words);
    QCOMPARE((RelayCommand { options, {}, {}, {} }.text()),
        QStringLiteral("sockeye-cli relay 127.0.0.1:0 127.0.0.1:65432 --protocol app") + words);
}

SOCKEYE_TEST(TestRelayOptions)

} // namespace sockeye

#include "tst_relay_options.moc"
