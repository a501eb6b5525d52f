// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "tests/app/net/refusing_port.h"
#include "tests/ui/window/window_test.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/messages/messages_model.h"
#include "ui/messages/messages_panel.h"
#include "ui/pages/client/many_page.h"

#include <QCheckBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>

using namespace sockeye;

/// The page of many connections, against real servers.
class TestManyPage : public WindowTest {
    Q_OBJECT

    IoThreads m_threads { 2 };

    template <typename Widget> static Widget* named(const ManyPage& page, const char* name)
    {
        for (Widget* each : page.findChildren<Widget*>()) {
            if (each->accessibleName() == QLatin1StringView(name)) {
                return each;
            }
        }
        return nullptr;
    }
    static QPushButton* button(const ManyPage& page, const char* text)
    {
        for (QPushButton* each : page.findChildren<QPushButton*>()) {
            if (each->text().remove(u'&') == QLatin1StringView(text)) {
                return each;
            }
        }
        return nullptr;
    }
    static void show(ManyPage& page, int connections, quint16 port)
    {
        page.resize(900, 700);
        page.show();
        page.setTarget({ QStringLiteral("127.0.0.1"), port, false });
        named<QSpinBox>(page, "Number of connections")->setValue(connections);
    }
    /// On a free port, with as many messages on a connection as the peer likes.
    static bool listens(Server& server, const QString& service,
        TlsServerOptions::Certificate certificate = TlsServerOptions::Certificate::None)
    {
        ServerOptions options;
        options.service = service;
        options.serviceOptions.persistent = true;
        options.port = 0;
        options.tls.certificate = certificate;
        server.start(options);
        return QTest::qWaitFor([&] { return server.state() == Server::State::Listening; });
    }
    static QString summaryOf(const ManyPage& page) { return named<QLabel>(page, "Summary")->text(); }

private Q_SLOTS:
    void nothingToSendIsSaid();
    void everythingComesBack_data();
    void everythingComesBack();
    void otherBytesAreCounted();
    void speaksTls();
    void goesThroughAProxy();
    void refusedIsSaid();
    void isCancelled();
    void anotherRunBeginsAnew();
    void comesBack();
};

void TestManyPage::nothingToSendIsSaid()
{
    ManyPage page(m_threads);
    show(page, 2, 1);
    QVERIFY(button(page, "Open connections")->isEnabled());
    named<QPlainTextEdit>(page, "Messages to send")->setPlainText(QStringLiteral("\n\n"));
    QVERIFY(!button(page, "Open connections")->isEnabled());
    QVERIFY(named<QLabel>(page, "What went wrong")->text().contains(u"at least one message"));
    page.start();
    QVERIFY(!page.isActive());
    named<QPlainTextEdit>(page, "Messages to send")->setPlainText(QStringLiteral("x"));
    named<QLineEdit>(page, "Host")->clear();
    QVERIFY(named<QLabel>(page, "What went wrong")->text().contains(u"host"));
    named<QLineEdit>(page, "Host")->setText(QStringLiteral("127.0.0.1"));
    QVERIFY(named<QLabel>(page, "What went wrong")->isHidden());
}

void TestManyPage::everythingComesBack_data()
{
    QTest::addColumn<int>("connections");
    QTest::addColumn<bool>("lineFeed");
    QTest::addColumn<qint64>("bytesOfEach");
    QTest::newRow("one") << 1 << false << qint64(44);
    QTest::newRow("forty, lines") << 40 << true << qint64(46);
}

void TestManyPage::everythingComesBack()
{
    QFETCH(const int, connections);
    QFETCH(const bool, lineFeed);
    QFETCH(const qint64, bytesOfEach);
    Server server(m_threads, Capture::create({}));
    QVERIFY(listens(server, QStringLiteral("echo")));

    ManyPage page(m_threads);
    show(page, connections, server.address().port);
    named<QCheckBox>(page, "End each with a line feed")->setChecked(lineFeed);
    QCOMPARE(page.stateText(), QStringLiteral("not started"));
    QTest::mouseClick(button(page, "Open connections"), Qt::LeftButton);
    QVERIFY(page.isActive());
    QVERIFY(named<QProgressBar>(page, "Connections done")->isVisible());
    QVERIFY(!named<QLineEdit>(page, "Host")->isEnabled());
    QTRY_VERIFY(!page.isActive());

    QCOMPARE(page.summary().intact, connections);
    QCOMPARE(page.summary().bytesOut, connections * bytesOfEach);
    QCOMPARE(page.summary().bytesIn, connections * bytesOfEach);
    QVERIFY2(summaryOf(page).contains(QStringLiteral("%1 intact, 0 short, 0 failed").arg(connections)),
        qPrintable(summaryOf(page)));
    QVERIFY(named<QLabel>(page, "What went wrong")->isHidden());
    QVERIFY(named<QLineEdit>(page, "Host")->isEnabled());
    QCOMPARE(page.stateText(), QStringLiteral("done"));
    QTRY_COMPARE(page.findChild<ConnectionsPanel*>()->model()->rowCount(), connections);
    QTRY_VERIFY(page.findChild<MessagesPanel*>()->model()->rowCount() >= 2 * connections);
    QCOMPARE(page.exportableMessages().all, qsizetype(page.findChild<MessagesPanel*>()->model()->rowCount()));
}

void TestManyPage::otherBytesAreCounted()
{
    Server server(m_threads, Capture::create({}));
    QVERIFY(listens(server, QStringLiteral("uppercase")));
    ManyPage page(m_threads);
    show(page, 3, server.address().port);
    page.start();
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().changed, 3);
    QVERIFY2(summaryOf(page).contains(u"3 with other bytes than were sent"), qPrintable(summaryOf(page)));
}

void TestManyPage::speaksTls()
{
    Server server(m_threads, Capture::create({}));
    QVERIFY(listens(server, QStringLiteral("echo"), TlsServerOptions::Certificate::SelfSigned));
    ManyPage page(m_threads);
    show(page, 2, server.address().port);
    page.setTarget({ QStringLiteral("127.0.0.1"), server.address().port, true });
    auto* acceptAnything = named<QCheckBox>(page, "Accept any certificate");
    QVERIFY(acceptAnything->isVisible());
    page.start();
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().failed, 2);
    QVERIFY(named<QLabel>(page, "What went wrong")->text().contains(u"certificate"));
    acceptAnything->setChecked(true);
    page.start();
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().intact, 2);
}

/// An HTTP proxy that is the server as well: it sends everything back.
void TestManyPage::goesThroughAProxy()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    QByteArrayList asked;
    connect(&proxy, &QTcpServer::newConnection, this, [&proxy, &asked] {
        while (QTcpSocket* const socket = proxy.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, socket,
                [socket, &asked, head = QByteArray(), isThrough = false]() mutable {
                    head += socket->readAll();
                    if (const qsizetype end = head.indexOf("\r\n\r\n"); !isThrough && end >= 0) {
                        asked.append(head.first(head.indexOf('\r')));
                        head.remove(0, end + 4);
                        socket->write("HTTP/1.1 200 Connection established\r\n\r\n");
                        isThrough = true;
                    }
                    if (isThrough) {
                        socket->write(head);
                        head.clear();
                    }
                });
        }
    });
    ManyPage page(m_threads);
    show(page, 3, 7);
    named<QLineEdit>(page, "Host")->setText(QStringLiteral("server.invalid")); // the proxy looks it up
    named<QLineEdit>(page, "Proxy")->setText(QStringLiteral("http://127.0.0.1:%1").arg(proxy.serverPort()));
    const QJsonObject state = page.saveState();
    page.start();
    QVERIFY(!named<QLineEdit>(page, "Proxy")->isEnabled());
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().intact, 3);
    QCOMPARE(asked, QByteArrayList(3, "CONNECT server.invalid:7 HTTP/1.1"));
    ManyPage other(m_threads);
    other.restore(state);
    QCOMPARE(named<QLineEdit>(other, "Proxy")->text(), named<QLineEdit>(page, "Proxy")->text());
}

void TestManyPage::refusedIsSaid()
{
    const RefusingPort taken;
    const quint16 port = taken.address().port;
    ManyPage page(m_threads);
    show(page, 5, port);
    page.start();
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().failed, 5);
    const auto* wrong = named<QLabel>(page, "What went wrong");
    QVERIFY(wrong->isVisible());
    QVERIFY2(wrong->text().contains(QString::number(port)), qPrintable(wrong->text()));
}

void TestManyPage::isCancelled()
{
    QTcpServer silent; // the system accepts, nobody answers
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ManyPage page(m_threads);
    show(page, 4, silent.serverPort());
    page.start();
    QTRY_COMPARE(page.findChild<ConnectionsPanel*>()->model()->rowCount(), 4);
    QVERIFY(page.isActive());
    QTest::mouseClick(button(page, "Cancel"), Qt::LeftButton);
    QTRY_VERIFY(!page.isActive());
    QCOMPARE(page.summary().failed, 4);
    QVERIFY(button(page, "Open connections")->isVisible());
    QCOMPARE(named<QLabel>(page, "What went wrong")->text(), QStringLiteral("Cancelled."));
}

void TestManyPage::anotherRunBeginsAnew()
{
    Server server(m_threads, Capture::create({}));
    QVERIFY(listens(server, QStringLiteral("echo")));
    ManyPage page(m_threads);
    show(page, 3, server.address().port);
    for (int run = 0; run < 2; ++run) {
        const std::shared_ptr<Capture> before = page.capture();
        page.start();
        QVERIFY(page.capture() != before);
        QTRY_VERIFY(!page.isActive());
        QCOMPARE(page.summary().intact, 3);
        QTRY_COMPARE(page.findChild<ConnectionsPanel*>()->model()->rowCount(), 3);
    }
}

void TestManyPage::comesBack()
{
    ManyPage first(m_threads);
    show(first, 1'234, 4'711);
    named<QPlainTextEdit>(first, "Messages to send")->setPlainText(QStringLiteral("äß\nb"));
    named<QCheckBox>(first, "End each with a line feed")->setChecked(true);
    ManyPage second(m_threads);
    second.restore(first.saveState());
    QCOMPARE(second.saveState(), first.saveState());
    QCOMPARE(named<QSpinBox>(second, "Number of connections")->value(), 1'234);
    QCOMPARE(second.title(), QStringLiteral("Connections to 4711"));
    second.restore({ { QStringLiteral("number"), -5 }, { QStringLiteral("port"), QStringLiteral("x") } });
    QCOMPARE(named<QSpinBox>(second, "Number of connections")->value(), 1);
    QVERIFY(!second.isActive());
}

SOCKEYE_TEST(TestManyPage)
#include "tst_many_page.moc"
