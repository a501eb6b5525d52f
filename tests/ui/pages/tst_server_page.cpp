// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/protocols/raw/raw_protocol.h"
#include "tests/testcase.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/messages/messages_table.h"
#include "ui/pages/server/catalog_model.h"
#include "ui/pages/server/catalog_panel.h"
#include "ui/pages/server/server_page.h"
#include "ui/protocols/protocol_box.h"
#include "ui/text/reach_text.h"
#include "ui/widgets/dense_table.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace sockeye {

class TestServerPage : public TestCase {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void hasItsNames();
    void startsAndStops();
    void answers();
    void startsByKeyboard();
    void saysThatThePortIsTaken();
    void catalogueCountsFromTheNextRequest();
    void showsAnUnfinishedMessage();
    void showsABadMessage();
    void closesResetsAndStalls();
    void changesTheService();
    void readsByAnotherProtocol();
    void restoresItself();
    void restoresFromAnything_data();
    void restoresFromAnything();
    void saysWhoCanConnect_data();
    void saysWhoCanConnect();
    void fitsItsPlace();

private:
    void setUp();
    template <typename T> T* named(const QString& name) const;
    void start();
    std::unique_ptr<QTcpSocket> connectPeer();
    QByteArray exchange(const QByteArray& request);

    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ServerPage> m_page;
};

void TestServerPage::setUp()
{
    m_threads = std::make_unique<IoThreads>(1);
    m_page = std::make_unique<ServerPage>(*m_threads);
    m_page->resize(640, 700);
    // In a window without size limits: the offscreen platform warns of them.
    m_window = std::make_unique<QWidget>();
    m_window->resize(m_page->size());
    m_page->setParent(m_window.get());
    m_page->show();
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestServerPage::cleanup()
{
    m_page.reset();
    m_window.reset();
    m_threads.reset();
}

template <typename T> T* TestServerPage::named(const QString& name) const
{
    const QList<T*> widgets = m_page->findChildren<T*>();
    for (T* widget : widgets) {
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if (widget->accessibleName() == name || (button && button->text() == name)) {
            return widget;
        }
    }
    return nullptr;
}

void TestServerPage::start()
{
    m_page->setPort(0);
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
}

std::unique_ptr<QTcpSocket> TestServerPage::connectPeer()
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_page->server()->address().port);
    if (!QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; })) {
        return nullptr;
    }
    return socket;
}

QByteArray TestServerPage::exchange(const QByteArray& request)
{
    const auto socket = connectPeer();
    if (!socket) {
        return {};
    }
    socket->write(request);
    if (!QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::UnconnectedState; })) {
        return {};
    }
    return socket->readAll();
}

void TestServerPage::hasItsNames()
{
    setUp();
    QVERIFY(named<QComboBox>(QStringLiteral("Listen address")));
    QVERIFY(named<QSpinBox>(QStringLiteral("Port")));
    QVERIFY(named<QComboBox>(QStringLiteral("Service")));
    QVERIFY(named<QPushButton>(QStringLiteral("Start server")));
    QVERIFY(named<QPushButton>(QStringLiteral("Stop server")));
    QVERIFY(named<QTableView>(QStringLiteral("Connections")));
    QVERIFY(named<QTableView>(QStringLiteral("Messages")));
    QCOMPARE(named<QComboBox>(QStringLiteral("Listen address"))->currentText(), QStringLiteral("127.0.0.1"));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Port"))->value(), 65432);
    QCOMPARE(named<QComboBox>(QStringLiteral("Service"))->currentText(), QStringLiteral("app"));
    QCOMPARE(m_page->title(), QStringLiteral("Server 65432"));
    QCOMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(!m_page->capture());
    QVERIFY(!m_page->currentMessage().capture);
}

void TestServerPage::startsAndStops()
{
    setUp();
    QSignalSpy titles(m_page.get(), &Page::titleChanged);
    start();
    QVERIFY(!titles.isEmpty());
    const quint16 port = m_page->server()->address().port;
    QCOMPARE(m_page->title(), QStringLiteral("Server %1").arg(port));
    QCOMPARE(m_page->stateText(), QStringLiteral("listening"));
    QCOMPARE(named<QSpinBox>(QStringLiteral("Port"))->value(), port); // the real one
    QVERIFY(!named<QSpinBox>(QStringLiteral("Port"))->isEnabled());
    QVERIFY(named<QPushButton>(QStringLiteral("Start server"))->isHidden());
    QVERIFY(named<QLabel>(QStringLiteral("Server state"))
                ->text()
                .contains(QStringLiteral("listening on 127.0.0.1:%1").arg(port)));
    QTest::mouseClick(named<QPushButton>(QStringLiteral("Stop server")), Qt::LeftButton);
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(named<QPushButton>(QStringLiteral("Stop server"))->isHidden());
    QCOMPARE(named<QSpinBox>(QStringLiteral("Port"))->value(), 0); // as entered
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
}

void TestServerPage::answers()
{
    setUp();
    start();
    const QByteArray reply = exchange(encodeRequest(u"search", u"morpheus"));
    QVERIFY(reply.contains("white rabbit"));
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 2);
    QTRY_COMPARE(m_page->connections()->model()->rowCount(), 1);
    QTRY_COMPARE(m_page->connections()->model()->openCount(), 0); // stays until it is cleared
    QSignalSpy changed(m_page.get(), &Page::currentMessageChanged);
    m_page->messages()->selectLast(Direction::Out);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_page->currentMessage().row, 1);
    QCOMPARE(m_page->currentMessage().record.size, reply.size());
}

void TestServerPage::startsByKeyboard()
{
    setUp();
    auto* port = named<QSpinBox>(QStringLiteral("Port"));
    port->setFocus();
    port->selectAll();
    QTest::keyClicks(port, QStringLiteral("0"));
    QTest::keyClick(port, Qt::Key_Return);
    QTRY_VERIFY(m_page->isActive());
    auto* stop = named<QPushButton>(QStringLiteral("Stop server"));
    stop->setFocus();
    QTest::keyClick(stop, Qt::Key_Space);
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    QVERIFY(named<QPushButton>(QStringLiteral("Start server"))->hasFocus());
}

void TestServerPage::saysThatThePortIsTaken()
{
    setUp();
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_page->setPort(other.serverPort());
    m_page->start();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("failed"));
    const auto* failure = named<QLabel>(QStringLiteral("What went wrong"));
    QVERIFY(!failure->isHidden());
    QVERIFY2(failure->text().contains(QString::number(other.serverPort())), qPrintable(failure->text()));
    QCOMPARE(failure->text(), m_page->server()->failure().oneLine());
    other.close();
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
    QVERIFY(failure->isHidden());
}

void TestServerPage::catalogueCountsFromTheNextRequest()
{
    setUp();
    start();
    QVERIFY(exchange(encodeRequest(u"search", u"neo")).contains("No match"));
    CatalogModel* catalog = m_page->catalog()->model();
    const int row = catalog->addEntry();
    catalog->setData(catalog->index(row, CatalogModel::Query), QStringLiteral("neo"));
    catalog->setData(catalog->index(row, CatalogModel::Answer), QStringLiteral("The one."));
    QVERIFY(exchange(encodeRequest(u"search", u"neo")).contains("The one."));
}

void TestServerPage::showsAnUnfinishedMessage()
{
    setUp();
    start();
    const QByteArray request = encodeRequest(u"search", u"morpheus");
    const auto peer = connectPeer();
    QVERIFY(peer);
    peer->write(request.chopped(18));
    ConnectionsModel* model = m_page->connections()->model();
    QTRY_VERIFY(model->rowCount() == 1 && model->entry(0).isMidMessage()
        && model->entry(0).record.bytesIn == request.size() - 18);
    QSignalSpy changed(m_page.get(), &Page::currentMessageChanged);
    m_page->connections()->table()->setCurrentIndex(model->index(0, 0));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_page->currentMessage().row, -1);
    QCOMPARE(m_page->currentMessage().record.size, request.size() - 18);
}

void TestServerPage::showsABadMessage()
{
    setUp();
    start();
    const auto good = connectPeer();
    QVERIFY(exchange(QByteArray("\0\0", 2)).contains("Error"));
    MessagesModel* model = m_page->messages()->model();
    QTRY_VERIFY(model->errors() >= 1);
    // The other connection goes on.
    good->write(encodeRequest(u"search", u"ring"));
    QTRY_VERIFY(good->bytesAvailable() > 0 || good->state() == QAbstractSocket::UnconnectedState);
    QVERIFY(good->readAll().contains("Misty Mountains"));
}

void TestServerPage::closesResetsAndStalls()
{
    setUp();
    named<QCheckBox>(QStringLiteral("Persistent connections"))->setChecked(true);
    start();
    const auto first = connectPeer();
    const auto second = connectPeer();
    const auto third = connectPeer();
    ConnectionsModel* model = m_page->connections()->model();
    QTRY_COMPARE(model->rowCount(), 3);
    const auto act = [&](quint16 port, const QString& text) {
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->entry(row).record.facts.peer.port == port) {
                m_page->connections()->table()->setCurrentIndex(model->index(row, 0));
            }
        }
        for (QAction* action : m_page->connections()->table()->actions()) {
            if (action->text() == text && action->isEnabled()) {
                action->trigger();
            }
        }
    };
    act(first->localPort(), QStringLiteral("Close"));
    QTRY_COMPARE(first->state(), QAbstractSocket::UnconnectedState);
    QSignalSpy errors(second.get(), &QAbstractSocket::errorOccurred);
    act(second->localPort(), QStringLiteral("Reset"));
    QTRY_COMPARE(second->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(model->openCount(), 1);

    act(third->localPort(), QStringLiteral("Stop reading"));
    third->write(encodeRequest(u"search", u"ring"));
    act(third->localPort(), QStringLiteral("Go on reading"));
    QTRY_VERIFY(third->bytesAvailable() > 0);
    act(third->localPort(), QStringLiteral("Half-close"));
    QTRY_COMPARE(third->state(), QAbstractSocket::UnconnectedState); // QTcpSocket closes on the end of stream
}

void TestServerPage::changesTheService()
{
    setUp();
    start();
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    const std::shared_ptr<Capture> before = m_page->capture();
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
    QCOMPARE(m_page->capture(), before); // the same record goes on
    m_page->stop();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("stopped"));
    named<QComboBox>(QStringLiteral("Service"))->setCurrentText(QStringLiteral("echo"));
    QVERIFY(!m_page->catalog()->isVisible());
    m_page->start();
    QTRY_VERIFY(m_page->isActive());
    QTRY_VERIFY(m_page->capture() != before); // read by another protocol
    QCOMPARE(m_page->capture()->protocol(), rawProtocol());
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 2); // those of before
    QCOMPARE(m_page->connections()->model()->rowCount(), 1);
    const auto peer = connectPeer();
    peer->write("hello");
    QTRY_COMPARE(peer->bytesAvailable(), qint64(5));
    QCOMPARE(peer->readAll(), QByteArray("hello"));
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 4);
    QCOMPARE(m_page->connections()->model()->rowCount(), 2);
}

void TestServerPage::readsByAnotherProtocol()
{
    setUp();
    auto* box = m_page->findChild<ProtocolBox*>();
    QVERIFY(box);
    QCOMPARE(box->protocol(), appProtocol()); // of the service
    start();
    QVERIFY(!exchange(encodeRequest(u"search", u"ring")).isEmpty());
    QVERIFY(!exchange(encodeRequest(u"search", u"morpheus")).isEmpty());
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 4);
    m_page->messages()->showConnection(2);
    const std::shared_ptr<Capture> before = m_page->capture();
    m_page->setProtocol(rawProtocol());
    QCOMPARE(m_page->capture(), before); // until the other one is there
    QTRY_COMPARE(m_page->capture()->protocol(), rawProtocol());
    QVERIFY(m_page->isActive()); // the server goes on
    QTRY_COMPARE(m_page->messages()->model()->rowCount(), 2); // of the connection that was chosen
    QCOMPARE(m_page->capture()->messageCount(), 4);
    QVERIFY(!exchange(encodeRequest(u"search", u"neo")).isEmpty());
    QTRY_COMPARE(m_page->capture()->messageCount(), 6);

    // A choice of one's own outlasts a change of the service, and is kept.
    QCOMPARE(m_page->saveState().value(QStringLiteral("protocol")).toString(), QStringLiteral("raw"));
    ServerPage other(*m_threads);
    other.restore(m_page->saveState());
    QCOMPARE(other.findChild<ProtocolBox*>()->protocol(), rawProtocol());
    m_page->setProtocol(appProtocol()); // the service's own: no choice any more
    QVERIFY(m_page->saveState().value(QStringLiteral("protocol")).isUndefined());
    QTRY_COMPARE(m_page->capture()->protocol(), appProtocol());
    QCOMPARE(m_page->capture()->messageCount(), 6);
}

void TestServerPage::restoresItself()
{
    setUp();
    m_page->setPort(12345);
    named<QComboBox>(QStringLiteral("Listen address"))->setEditText(QStringLiteral("::1"));
    named<QComboBox>(QStringLiteral("Service"))->setCurrentText(QStringLiteral("uppercase"));
    named<QSpinBox>(QStringLiteral("Idle time-out"))->setValue(7);
    m_page->catalog()->setCatalog(
        Catalog({ { QStringLiteral("z"), QStringLiteral("1") }, { QStringLiteral("a"), QStringLiteral("2") } }));
    const QJsonObject state = m_page->saveState();
    QCOMPARE(state.value(QStringLiteral("kind")).toString(), QStringLiteral("server"));
    ServerPage other(*m_threads);
    other.restore(state);
    QCOMPARE(other.saveState(), state);
    QCOMPARE(other.title(), QStringLiteral("Server 12345"));
    QVERIFY(!other.isActive());
    QCOMPARE(other.catalog()->catalog().entries(), m_page->catalog()->catalog().entries());
}

void TestServerPage::restoresFromAnything_data()
{
    QTest::addColumn<QJsonObject>("state");
    QTest::newRow("nothing") << QJsonObject();
    QTest::newRow("wrong types") << QJsonObject { { QStringLiteral("host"), 1 },
        { QStringLiteral("port"), QStringLiteral("x") }, { QStringLiteral("options"), QJsonArray { 1 } },
        { QStringLiteral("catalog"), QJsonObject() }, { QStringLiteral("splitter"), true } };
    QTest::newRow("out of range") << QJsonObject { { QStringLiteral("port"), -5 },
        { QStringLiteral("service"), QStringLiteral("none such") },
        { QStringLiteral("options"),
            QJsonObject { { QStringLiteral("idleTimeout"), -1 }, { QStringLiteral("maxConnections"), 0 },
                { QStringLiteral("byteOrder"), 77 } } } };
    QTest::newRow("bad entries") << QJsonObject { { QStringLiteral("catalog"),
        QJsonArray { 1, QJsonArray { QStringLiteral("only one") }, QJsonObject() } } };
}

void TestServerPage::restoresFromAnything()
{
    setUp();
    QFETCH(QJsonObject, state);
    m_page->restore(state);
    QVERIFY(!named<QComboBox>(QStringLiteral("Service"))->currentText().isEmpty());
    start();
    m_page->stop();
}

void TestServerPage::saysWhoCanConnect_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("holds");
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << QString();
    QTest::newRow("loopback, another") << QStringLiteral("127.0.0.53") << QString();
    QTest::newRow("loopback 6") << QStringLiteral("::1") << QString();
    QTest::newRow("localhost") << QStringLiteral("localhost") << QString();
    QTest::newRow("any") << QStringLiteral("0.0.0.0") << QStringLiteral("Every machine");
    QTest::newRow("any 6") << QStringLiteral("::") << QStringLiteral("Every machine");
    QTest::newRow("private") << QStringLiteral("192.168.1.5") << QStringLiteral("local network");
    QTest::newRow("private 10") << QStringLiteral("10.1.2.3") << QStringLiteral("local network");
    QTest::newRow("unique local") << QStringLiteral("fd00::1") << QStringLiteral("local network");
    QTest::newRow("public") << QStringLiteral("203.0.113.9") << QStringLiteral("Internet");
    QTest::newRow("name") << QStringLiteral("box.example") << QStringLiteral("box.example");
}

void TestServerPage::saysWhoCanConnect()
{
    QFETCH(QString, host);
    QFETCH(QString, holds);
    QVERIFY2(reachText(host).contains(holds), qPrintable(reachText(host)));
    QCOMPARE(reachText(host).isEmpty(), holds.isEmpty());
}

void TestServerPage::fitsItsPlace()
{
    setUp();
    // Beside a list of endpoints and an inspector in a window of 1280 × 800.
    QVERIFY2(m_page->minimumSizeHint().width() <= 640, qPrintable(QString::number(m_page->minimumSizeHint().width())));
    QVERIFY2(
        m_page->minimumSizeHint().height() <= 640, qPrintable(QString::number(m_page->minimumSizeHint().height())));
}

SOCKEYE_TEST(TestServerPage)

} // namespace sockeye

#include "tst_server_page.moc"
