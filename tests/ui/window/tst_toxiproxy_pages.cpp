// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Toxiproxy's API in the window: what a test suite asks for is seen as pages.

#include "tests/ui/window/main_window_test.h"
#include "ui/pages/relay/faults_model.h"
#include "ui/pages/relay/faults_panel.h"
#include "ui/pages/relay/relay_page.h"
#include "ui/pages/relay/toxiproxy_pages.h"
#include "ui/widgets/message_line.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTest>

using namespace sockeye;

class TestToxiproxyPages : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void aProxyIsAPage();
    void aPageIsUsedAgain();
    void whatItCannotListenOnIsTold();

private:
    int ask(const QByteArray& method, const QString& path, const QByteArray& body = {});
    QNetworkAccessManager m_network;
};

int TestToxiproxyPages::ask(const QByteArray& method, const QString& path, const QByteArray& body)
{
    const quint16 port = m_window->toxiproxy()->address().port;
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(QString::number(port), path)));
    request.setRawHeader("User-Agent", "test/1");
    request.setRawHeader("Content-Type", "application/json");
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 30'000);
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void TestToxiproxyPages::aProxyIsAPage()
{
    m_window->letToxiproxyApiListen(true, 0);
    QVERIFY(m_window->toxiproxy() != nullptr);
    QVERIFY(m_window->actions().toxiproxyApi->isChecked());
    QCOMPARE(ask("POST", QStringLiteral("/proxies"),
                 R"({"name":"redis","listen":"127.0.0.1:0","upstream":"localhost:6379"})"),
        201);
    QCOMPARE(m_window->pages().pages().size(), 1);
    auto* const page = qobject_cast<RelayPage*>(m_window->pages().pages().front());
    QVERIFY(page != nullptr);
    QCOMPARE(page->title(), QStringLiteral("Proxy redis"));
    QCOMPARE(page->stateText(), QStringLiteral("listening"));
    QVERIFY(page->command().contains(QStringLiteral("localhost:6379")));
    QCOMPARE(
        ask("POST", QStringLiteral("/proxies/redis/toxics"), R"({"type":"latency","attributes":{"latency":7}})"), 200);
    QCOMPARE(page->faults().faults().size(), 1);
    QCOMPARE(page->faults().faults().front().name, QStringLiteral("latency_downstream"));
    QCOMPARE(ask("PATCH", QStringLiteral("/proxies/redis"), R"({"enabled":false})"), 200);
    QCOMPARE(page->faults().faults().back().kind, QStringLiteral("down"));
    QCOMPARE(ask("POST", QStringLiteral("/reset")), 204);
    QVERIFY(page->faults().faults().isEmpty());
    // Closed by hand it is no proxy any more.
    m_window->closePage(page);
    QTRY_COMPARE(ask("GET", QStringLiteral("/proxies/redis")), 404);
    m_window->letToxiproxyApiListen(false);
    QVERIFY(!m_window->actions().toxiproxyApi->isChecked());
}

void TestToxiproxyPages::aPageIsUsedAgain()
{
    m_window->letToxiproxyApiListen(true, 0);
    const QByteArray body = R"({"name":"db","listen":"127.0.0.1:0","upstream":"localhost:5432"})";
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(ask("POST", QStringLiteral("/proxies"), body), 201);
        QCOMPARE(ask("POST", QStringLiteral("/proxies/db/toxics"), R"({"type":"timeout"})"), 200);
        QCOMPARE(ask("DELETE", QStringLiteral("/proxies/db")), 204);
    }
    QCOMPARE(m_window->pages().pages().size(), 1);
    QCOMPARE(ask("POST", QStringLiteral("/proxies"), body), 201);
    auto* const page = qobject_cast<RelayPage*>(m_window->pages().pages().front());
    QVERIFY(page->relay()->faults().isEmpty());
    // The relay lives on without the API.
    m_window->letToxiproxyApiListen(false);
    QCOMPARE(page->relay()->state(), Relay::State::Listening);
}

void TestToxiproxyPages::whatItCannotListenOnIsTold()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    m_window->letToxiproxyApiListen(true, other.serverPort());
    QVERIFY(m_window->toxiproxy() == nullptr);
    QVERIFY(!m_window->actions().toxiproxyApi->isChecked());
    QVERIFY(m_window->messageLine().isVisible());
}

SOCKEYE_TEST(TestToxiproxyPages)
#include "tst_toxiproxy_pages.moc"
