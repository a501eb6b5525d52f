// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/registry.h"
#include "tests/ui/pages/relay_page_fixture.h"
#include "ui/pages/relay/api_panel.h"
#include "ui/pages/relay/api_requests_model.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>

namespace sockeye {

/// Toxiproxy's API over the relay of a page.
class TestRelayApi : public RelayPageTest {
    Q_OBJECT
private Q_SLOTS:
    void drivesTheRelay();
    void startsWithWhatThePageHas();
    void aProxyThatWasRemovedComesBack();
    void furtherProxiesArePages();
    void saysWhereItCannotListen();
    void isForTcp();
    void comesBackWithTheWorkspace();

private:
    struct Reply {
        int status = 0;
        QJsonObject object;
    };
    Reply ask(const QByteArray& method, const QString& path, const QByteArray& body = {})
    {
        QNetworkRequest request(
            QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(QString::number(m_page->api().port()), path)));
        request.setRawHeader("User-Agent", "test/1");
        request.setRawHeader("Content-Type", "application/json");
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, patience);
        return { reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            QJsonDocument::fromJson(reply->readAll()).object() };
    }
    void switchOn()
    {
        m_page->api().setPort(0);
        m_page->api().setOn(true);
        QVERIFY(m_page->api().isListening());
    }
    QString labelled(const QString& name) const
    {
        const auto* const label = named<QLabel>(name);
        return label != nullptr && !label->isHidden() ? label->text() : QString();
    }
    QNetworkAccessManager m_network;
};

const QString ownPath = QStringLiteral("/proxies/relay");

void TestRelayApi::drivesTheRelay()
{
    setUp();
    startTarget();
    startRelay();
    switchOn();
    QVERIFY(m_page->command().contains(
        QStringLiteral(" --toxiproxy-api %1 --seed ").arg(QString::number(m_page->api().port()))));
    QVERIFY(labelled(QStringLiteral("State of Toxiproxy's API")).contains(QString::number(m_page->api().port())));
    const Reply own = ask("GET", ownPath);
    QCOMPARE(own.status, 200);
    QCOMPARE(own.object.value(QLatin1StringView("listen")).toString(), m_page->relay()->address().toString());
    QCOMPARE(ask("POST", ownPath + u"/toxics", R"({"type":"latency","attributes":{"latency":7}})").status, 200);
    QCOMPARE(m_page->faults().model()->rowCount(), 1);
    QCOMPARE(m_page->faults().faults().front().kind, QStringLiteral("latency"));
    QCOMPARE(ask("POST", ownPath + u"/toxics", R"({"type":"latency"})").status, 409);
    const ApiRequestsModel& requests = m_page->api().requests();
    QCOMPARE(requests.rowCount(), 3);
    QCOMPARE(
        requests.index(2, ApiRequestsModel::Request).data().toString(), QStringLiteral("POST /proxies/relay/toxics"));
    QCOMPARE(requests.index(2, ApiRequestsModel::Answer).data().toString(), QStringLiteral("409 toxic already exists"));
    m_page->api().setOn(false);
    QVERIFY(m_page->isActive()); // as before
    QVERIFY(!m_page->command().contains(QStringLiteral("toxiproxy")));
}

void TestRelayApi::startsWithWhatThePageHas()
{
    setUp();
    startTarget();
    m_page->setProtocol(protocolFromName(u"lines").value());
    m_page->setListenPort(0);
    switchOn();
    Reply own = ask("GET", ownPath);
    QCOMPARE(own.object.value(QLatin1StringView("enabled")), QJsonValue(false));
    QCOMPARE(own.object.value(QLatin1StringView("upstream")).toString(), m_server->address().toString());
    QCOMPARE(ask("POST", ownPath + u"/toxics", R"({"name":"slow","type":"latency"})").status, 200);
    QCOMPARE(m_page->faults().model()->rowCount(), 1); // before it runs, too
    FaultList faults = m_page->faults().faults();
    faults.front().attributes = { { QStringLiteral("latency"), 3 } };
    m_page->faults().model()->set(0, faults.front());
    own = ask("GET", ownPath + u"/toxics/slow");
    QCOMPARE(own.object.value(QLatin1StringView("attributes")).toObject().value(QLatin1StringView("latency")),
        QJsonValue(3));
    QCOMPARE(ask("PATCH", ownPath, R"({"enabled":true})").status, 200);
    QVERIFY(m_page->isActive());
    QCOMPARE(m_page->relay()->options().protocol->id(), QStringLiteral("lines"));
    QCOMPARE(m_page->relay()->faults().front().name, QStringLiteral("slow"));
    QVERIFY(m_page->relay()->options().seed.has_value());
}

void TestRelayApi::aProxyThatWasRemovedComesBack()
{
    setUp();
    startTarget();
    startRelay();
    switchOn();
    const QString title = m_page->title();
    QCOMPARE(ask("DELETE", ownPath).status, 204);
    QTRY_COMPARE(m_page->relay()->state(), Relay::State::Stopped);
    QCOMPARE(ask("GET", ownPath).status, 404);
    QSignalSpy made(m_page.get(), &Page::pageMade);
    const QByteArray upstream = m_server->address().toString().toUtf8();
    QCOMPARE(ask("POST", QStringLiteral("/proxies"),
                 R"({"name":"relay","listen":"127.0.0.1:0","upstream":")" + upstream + R"("})")
                 .status,
        201);
    QVERIFY(m_page->isActive());
    QVERIFY(made.isEmpty());
    QCOMPARE(ask("DELETE", ownPath).status, 204);
    QTRY_COMPARE(m_page->relay()->state(), Relay::State::Stopped);
    startRelay(); // by hand
    QCOMPARE(ask("GET", ownPath).status, 200);
    QCOMPARE(m_page->title().section(u' ', 0, 0), title.section(u' ', 0, 0));
}

void TestRelayApi::furtherProxiesArePages()
{
    setUp();
    startTarget();
    switchOn();
    std::unique_ptr<Page> other;
    connect(m_page.get(), &Page::pageMade, this, [&](Page* page) { other.reset(page); });
    QCOMPARE(
        ask("POST", QStringLiteral("/proxies"), R"({"name":"other","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"})")
            .status,
        201);
    QVERIFY(other != nullptr);
    QCOMPARE(other->title(), QStringLiteral("Proxy other"));
    QVERIFY(other->isActive());
    QVERIFY(!m_page->isActive());
    other.reset(); // closed
    QTRY_COMPARE(ask("GET", QStringLiteral("/proxies/other")).status, 404);
}

void TestRelayApi::saysWhereItCannotListen()
{
    setUp();
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    m_page->api().setPort(taken.serverPort());
    auto* const box = named<QCheckBox>(QStringLiteral("Listen for clients of Toxiproxy's API"));
    QVERIFY(box != nullptr);
    box->setChecked(true);
    const QString problem = QStringLiteral("What is wrong with Toxiproxy's API");
    QVERIFY2(labelled(problem).contains(QStringLiteral("EADDRINUSE")), qPrintable(labelled(problem)));
    QVERIFY(labelled(problem).contains(QString::number(taken.serverPort())));
    QVERIFY(!m_page->api().isListening());
    m_page->api().setPort(0);
    box->setChecked(false);
    box->setChecked(true);
    QVERIFY(m_page->api().isListening());
    QVERIFY(labelled(problem).isEmpty());
}

void TestRelayApi::isForTcp()
{
    setUp();
    switchOn();
    auto* const transport = named<QComboBox>(QStringLiteral("Transport"));
    transport->setCurrentIndex(1);
    QVERIFY(!m_page->api().isListening());
    QVERIFY(!m_page->command().contains(QStringLiteral("toxiproxy")));
    QVERIFY(labelled(QStringLiteral("State of Toxiproxy's API")).contains(QStringLiteral("TCP")));
}

void TestRelayApi::comesBackWithTheWorkspace()
{
    setUp();
    switchOn();
    QJsonObject state = m_page->saveState();
    m_page->api().setOn(false);
    state.insert(
        QLatin1StringView("api"), QJsonObject { { QStringLiteral("on"), true }, { QStringLiteral("port"), 0 } });
    m_page->restore(state);
    QVERIFY(m_page->api().isOn());
    QVERIFY(!m_page->api().isListening()); // nothing listens before somebody says so
    startTarget();
    startRelay();
    QVERIFY(m_page->api().isListening());
    QCOMPARE(ask("GET", ownPath).object.value(QLatin1StringView("enabled")), QJsonValue(true));
    for (const QJsonValue& odd : { QJsonValue(3), QJsonValue(QStringLiteral("on")),
             QJsonValue(QJsonObject { { QStringLiteral("port"), 1e9 }, { QStringLiteral("on"), 7 } }) }) {
        state.insert(QLatin1StringView("api"), odd);
        m_page->restore(state);
        QVERIFY(!m_page->api().isOn());
    }
}

SOCKEYE_TEST(TestRelayApi)

} // namespace sockeye

#include "tst_relay_api.moc"
