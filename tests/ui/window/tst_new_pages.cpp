// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "tests/ui/models/capture_fixture.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/pages/server/server_page.h"
#include "ui/sendlist/open_lists.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/window/pages/page_set.h"

namespace sockeye {

/// Pages that begin with what other pages know.
class TestNewPages : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void clientGoesToWhatListens_data();
    void clientGoesToWhatListens();
    void listGetsAClient();
};

void TestNewPages::clientGoesToWhatListens_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("reached"); // null: as the server listens
    QTest::newRow("every address") << QStringLiteral("0.0.0.0") << QStringLiteral("echo")
                                   << QStringLiteral("127.0.0.1");
    QTest::newRow("datagrams") << QStringLiteral("127.0.0.1") << QStringLiteral("echo-udp") << QString();
    QTest::newRow("Unix socket") << QStringLiteral("unix:FOLDER/echo.sock") << QStringLiteral("echo") << QString();
}

void TestNewPages::clientGoesToWhatListens()
{
    QFETCH(QString, host);
    QFETCH(const QString, service);
    QFETCH(const QString, reached);
    host.replace(QStringLiteral("FOLDER"), m_folder->path());
    auto* const server = qobject_cast<ServerPage*>(m_window->newServer());
    server->restore({ { QStringLiteral("host"), host }, { QStringLiteral("service"), service } });
    server->setPort(0);
    QCOMPARE(m_window->newClient()->saveState().value(u"host").toString(), QStringLiteral("127.0.0.1"));
    server->start();
    QTRY_VERIFY(server->isActive());
    const QJsonObject state = m_window->newClient()->saveState(); // in front is a client
    QCOMPARE(state.value(u"host").toString(), reached.isNull() ? host : reached);
    QVERIFY(host.startsWith(u"unix:") || state.value(u"port").toInt() == server->server()->address().port);
    QCOMPARE(state.value(u"udp").toBool(), service == u"echo-udp");
}

void TestNewPages::listGetsAClient()
{
    CaptureFixture fixture;
    fixture.open(1);
    fixture.in(1, CaptureFixture::search(QStringLiteral("morpheus")));
    fixture.settle();
    QCOMPARE(fixture.capture->messageCount(), 1);
    ListSource source { fixture.capture, {}, 1 };
    source.rows.spans.push_back({ 0, 1 });
    Q_EMIT OpenLists::instance().newListWanted(source);
    QCOMPARE(m_window->pages().pages().size(), 1);
    const auto* const list = m_window->area().current()->findChild<SendListPanel*>();
    QVERIFY(list != nullptr);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(list->isVisible());
    QCOMPARE(m_window->area().current()->saveState().value(u"port").toInt(), 65'432);
}

} // namespace sockeye

using sockeye::TestNewPages;
SOCKEYE_TEST(TestNewPages)
#include "tst_new_pages.moc"
