// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/report/relay_command.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/protocols/protocol_box.h"
#include "ui/widgets/dense_table.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>

namespace sockeye {

class TestRelayPage : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void hasItsNames();
    void showsBothSides();
    void saysThatTheTargetRefuses();
    void saysThatThePortIsTaken();
    void saysWhatCannotBe_data();
    void saysWhatCannotBe();
    void keepsItsRowsOverAStop();
    void closesAndResets();
    void startsByKeyboard();
    void readsByAnotherProtocol();
    void restoresItself();
    void restoresFromAnything_data();
    void restoresFromAnything();
    void writesTheCommand_data();
    void writesTheCommand();

private:
    [[nodiscard]] QString cell(int row, ConnectionColumn column) const;
};

QString TestRelayPage::cell(int row, ConnectionColumn column) const
{
    const ConnectionsModel* model = m_page->connections()->model();
    return model->index(row, static_cast<int>(column)).data().toString();
}

void TestRelayPage::hasItsNames()
{
    setUp();
    QCOMPARE(named<QComboBox>(QStringLiteral("Listen address"))->currentText(), QStringLiteral("127.0.0.1"));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Listen port"))->value(), 0);
    QCOMPARE(named<QLineEdit>(QStringLiteral("Target host"))->text(), QStringLiteral("127.0.0.1"));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Target port"))->value(), 65432);
    QVERIFY(named<QComboBox>(QStringLiteral("Protocol")));
    QVERIFY(named<QPushButton>(QStringLiteral("Start relay")));
    QVERIFY(named<QPushButton>(QStringLiteral("Stop relay")));
    QVERIFY(named<QTableView>(QStringLiteral("Connections")));
    QVERIFY(named<QTableView>(QStringLiteral("Messages")));
    QVERIFY(named<QLineEdit>(QStringLiteral("Filter")) || named<QWidget>(QStringLiteral("Filter")));
    QCOMPARE(m_page->title(), QStringLiteral("Relay"));
    QCOMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(!m_page->capture());
}

void TestRelayPage::showsBothSides()
{
    setUp();
    startTarget();
    startRelay();
    const quint16 port = m_page->relay()->address().port;
    QCOMPARE(m_page->title(), QStringLiteral("Relay %1").arg(port));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Listen port"))->value(), port); // the real one
    const QString state = named<QLabel>(QStringLiteral("Relay state"))->text();
    QVERIFY2(state.contains(QStringLiteral("listening on 127.0.0.1:%1, passing on to 127.0.0.1:%2")
                                .arg(QString::number(port), QString::number(m_server->address().port))),
        qPrintable(state));
    const QByteArray request = encodeRequest(u"search", u"morpheus");
    QVERIFY(exchange(request).contains("white rabbit"));
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 3); // and that the target was reached
    QTRY_COMPARE(m_page->connections()->model()->openCount(), 0);
    QVERIFY(!m_page->connections()->table()->isColumnHidden(static_cast<int>(ConnectionColumn::Target)));
    QTRY_COMPARE(cell(0, ConnectionColumn::Target), m_server->address().toString());
    m_page->messages()->selectLast(Direction::In);
    QCOMPARE(m_page->currentMessage().record.size, request.size());
}

void TestRelayPage::saysThatTheTargetRefuses()
{
    setUp();
    startTarget();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_page->setTarget(QStringLiteral("127.0.0.1"), other.serverPort());
    startRelay();
    other.close(); // not before: the relay could be given that port
    const auto* problem = named<QLabel>(QStringLiteral("What is wrong with the target"));
    QVERIFY(problem->isHidden());
    QTcpSocket peer; // which goes on trying where it was reset before it knew that it was connected
    peer.connectToHost(QHostAddress(QHostAddress::LocalHost), m_page->relay()->address().port);
    QTRY_VERIFY_WITH_TIMEOUT(!problem->isHidden(), patience);
    peer.abort();
    QVERIFY2(problem->text().contains(QStringLiteral("Connection refused")), qPrintable(problem->text()));
    QVERIFY2(problem->text().contains(QStringLiteral("connection #")), qPrintable(problem->text()));
    QTRY_VERIFY(cell(0, ConnectionColumn::Target).contains(QStringLiteral("refused")));
    QTRY_VERIFY(m_page->messages()->model()->errors() >= 1);

    // The next one gets through.
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(problem->isHidden());
    m_page->setTarget(QStringLiteral("127.0.0.1"), m_server->address().port);
    startRelay();
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QVERIFY(problem->isHidden());
}

void TestRelayPage::saysThatThePortIsTaken()
{
    setUp();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_page->setListenPort(other.serverPort());
    m_page->start();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("failed"));
    const auto* problem = named<QLabel>(QStringLiteral("What went wrong"));
    QVERIFY(!problem->isHidden());
    QVERIFY2(problem->text().contains(QString::number(other.serverPort())), qPrintable(problem->text()));
    other.close();
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
    QVERIFY(problem->isHidden());
}

void TestRelayPage::saysWhatCannotBe_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("target");
    QTest::addColumn<quint16>("targetPort");
    QTest::addColumn<QString>("says");
    const QString here = QStringLiteral("127.0.0.1");
    QTest::newRow("no target") << here << QString() << quint16(1) << QString();
    QTest::newRow("a target that is a URL")
        << here << QStringLiteral("http://example.org/") << quint16(1) << QStringLiteral("http");
    QTest::newRow("itself") << here << here << quint16(40000) << QStringLiteral("without end");
    QTest::newRow("itself by name") << here << QStringLiteral("localhost") << quint16(40000)
                                    << QStringLiteral("without end");
    QTest::newRow("itself on every address")
        << QStringLiteral("0.0.0.0") << here << quint16(40000) << QStringLiteral("without end");
}

void TestRelayPage::saysWhatCannotBe()
{
    QFETCH(const QString, listen);
    QFETCH(const QString, target);
    QFETCH(const quint16, targetPort);
    QFETCH(const QString, says);
    setUp();
    named<QComboBox>(QStringLiteral("Listen address"))->setEditText(listen);
    m_page->setListenPort(40000);
    m_page->setTarget(target, targetPort);
    m_page->start();
    QVERIFY(!m_page->relay());
    const auto* problem = named<QLabel>(QStringLiteral("What went wrong"));
    QVERIFY(!problem->isHidden() && !problem->text().isEmpty());
    QVERIFY2(problem->text().contains(says), qPrintable(problem->text()));
}

void TestRelayPage::keepsItsRowsOverAStop()
{
    setUp();
    startTarget();
    startRelay();
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 3);
    const std::shared_ptr<Capture> before = m_page->capture();
    QTest::mouseClick(named<QPushButton>(QStringLiteral("Stop relay")), Qt::LeftButton);
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Listen port"))->value(), 0); // as entered
    startRelay();
    QCOMPARE(m_page->capture(), before); // the same record goes on
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 6);
    QCOMPARE(m_page->connections()->model()->rowCount(), 2);
}

void TestRelayPage::closesAndResets()
{
    setUp();
    startTarget(QStringLiteral("echo"));
    startRelay();
    const auto first = connectPeer();
    const auto second = connectPeer();
    ConnectionsModel* model = m_page->connections()->model();
    QTRY_COMPARE(model->rowCount(), 2);
    QStringList offered;
    const auto act = [&](quint16 port, const QString& text) {
        offered.clear();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->entry(row).record.facts.peer.port == port) {
                m_page->connections()->table()->setCurrentIndex(model->index(row, 0));
            }
        }
        for (QAction* action : m_page->connections()->table()->actions()) {
            if (action->isVisible() && !action->isSeparator()) {
                offered.append(action->text());
            }
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
            }
        }
    };
    act(first->localPort(), QStringLiteral("Close"));
    QTRY_COMPARE(first->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!offered.contains(QStringLiteral("Half-close"))); // what a relay cannot do is not offered
    QVERIFY(!offered.contains(QStringLiteral("Stop reading")));
    act(second->localPort(), QStringLiteral("Reset"));
    QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(second->error(), QAbstractSocket::RemoteHostClosedError);
    QTRY_COMPARE(model->openCount(), 0);
}

void TestRelayPage::startsByKeyboard()
{
    setUp();
    startTarget();
    auto* host = named<QLineEdit>(QStringLiteral("Target host"));
    host->setFocus();
    QTest::keyClick(host, Qt::Key_Return);
    QTRY_VERIFY(m_page->isActive());
    QVERIFY(!host->isEnabled());
    auto* stop = named<QPushButton>(QStringLiteral("Stop relay"));
    stop->setFocus();
    QTest::keyClick(stop, Qt::Key_Space);
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(named<QPushButton>(QStringLiteral("Start relay"))->hasFocus());
}

void TestRelayPage::readsByAnotherProtocol()
{
    setUp();
    startTarget();
    startRelay();
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 3);
    QCOMPARE(m_page->capture()->protocol(), appProtocol());
    m_page->setProtocol(rawProtocol());
    QTRY_COMPARE(m_page->capture()->protocol(), rawProtocol());
    QVERIFY(m_page->isActive()); // the relay goes on
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 2);
    QTRY_COMPARE(cell(1, ConnectionColumn::Target), m_server->address().toString());
}

void TestRelayPage::restoresItself()
{
    setUp();
    m_page->setListenPort(12345);
    m_page->setTarget(QStringLiteral("example.org"), 80);
    m_page->setProtocol(rawProtocol());
    named<QComboBox>(QStringLiteral("Listen address"))->setEditText(QStringLiteral("::1"));
    const QJsonObject state = m_page->saveState();
    QCOMPARE(state.value(QStringLiteral("kind")).toString(), QStringLiteral("relay"));
    RelayPage other(*m_threads);
    other.restore(state);
    QCOMPARE(other.saveState(), state);
    QCOMPARE(other.title(), QStringLiteral("Relay 12345"));
    QVERIFY(!other.isActive());
}

void TestRelayPage::restoresFromAnything_data()
{
    QTest::addColumn<QJsonObject>("state");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("wrong types") << QJsonObject { { QStringLiteral("host"), 1 },
        { QStringLiteral("targetPort"), QStringLiteral("x") }, { QStringLiteral("protocol"), 1 },
        { QStringLiteral("faults"), QJsonObject { { QStringLiteral("a"), 1 } } } };
    QTest::newRow("out of range") << QJsonObject { { QStringLiteral("port"), -5 },
        { QStringLiteral("targetPort"), 1e9 }, { QStringLiteral("targetHost"), QString(5000, u'x') } };
}

void TestRelayPage::restoresFromAnything()
{
    setUp();
    QFETCH(QJsonObject, state);
    m_page->restore(state);
    m_page->setListenPort(0);
    startTarget();
    startRelay();
    m_page->stop();
}

void TestRelayPage::writesTheCommand_data()
{
    QTest::addColumn<RelayOptions>("options");
    QTest::addColumn<QString>("command");
    RelayOptions options;
    options.port = 5000;
    options.seed = 7; // only of use where something is drawn
    QTest::newRow("plain") << options
                           << QStringLiteral("sockeye-cli relay 127.0.0.1:5000 127.0.0.1:65432 --protocol app");
    options.host = QStringLiteral("::1");
    options.targetHost = QStringLiteral("example.org");
    options.targetPort = 80;
    options.protocol = rawProtocol();
    QTest::newRow("IPv6, another protocol")
        << options << QStringLiteral("sockeye-cli relay '[::1]:5000' example.org:80 --protocol raw");
    FaultSettings fault;
    fault.kind = QStringLiteral("latency");
    fault.attributes = { { QStringLiteral("latency"), 300 }, { QStringLiteral("jitter"), 50 } };
    fault.stream = FaultStream::Both;
    options.faults.append(fault);
    fault.enabled = false;
    options.faults.append(fault);
    QTest::newRow("a fault, and one that is off")
        << options
        << QStringLiteral("sockeye-cli relay '[::1]:5000' example.org:80 --protocol raw --fault "
                          "latency:jitter=50,latency=300,stream=both --seed 7");
}

void TestRelayPage::writesTheCommand()
{
    QFETCH(const RelayOptions, options);
    QFETCH(const QString, command);
    QCOMPARE((RelayCommand { options, {}, {}, {} }.text()), command);
}

SOCKEYE_TEST(TestRelayPage)

} // namespace sockeye

#include "tst_relay_page.moc"
