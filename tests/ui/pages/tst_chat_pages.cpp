// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "protocol/protocols/registry.h"
#include "tests/testcase.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/transcript/chat_view.h"
#include "ui/widgets/dense_table.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>

namespace sockeye {

namespace {

template <typename T> T* part(const QWidget& page, const QString& name)
{
    for (T* widget : page.findChildren<T*>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

QString talkOf(const QWidget& page)
{
    return page.findChild<ChatView*>()->text();
}

void type(const QWidget& page, const QString& text)
{
    auto* entry = part<QLineEdit>(page, QStringLiteral("Line to say"));
    QTest::keyClicks(entry, text);
    QTest::keyClick(entry, Qt::Key_Return);
}

/// A page in a window without size limits, of which the offscreen platform would warn.
template <typename Page> class Shown {
public:
    explicit Shown(IoThreads& threads)
        : m_page(new Page(threads, &m_window))
    {
        m_window.resize(900, 700);
        m_page->resize(900, 700);
        m_window.show();
    }
    [[nodiscard]] Page& page() { return *m_page; }

private:
    QWidget m_window;
    Page* m_page;
};

/// A plain socket that says something.
class Guest {
public:
    explicit Guest(quint16 port) { m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port); }
    [[nodiscard]] bool isThere() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    void say(const QByteArray& line) { m_socket.write(line); }
    [[nodiscard]] QByteArray heard()
    {
        m_heard += m_socket.readAll();
        return m_heard;
    }
    void leave() { m_socket.disconnectFromHost(); }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

} // namespace

/// A chat in the window: the server's own seat and a client page, driven as people do, with plain sockets beside them.
class TestChatPages : public TestCase {
    Q_OBJECT

    IoThreads m_threads { 2 };

    /// Chooses chat and a free port, and starts.
    static void start(ServerPage& page)
    {
        part<QComboBox>(page, QStringLiteral("Service"))->setCurrentText(QStringLiteral("chat"));
        page.setPort(0);
        page.start();
        QTRY_VERIFY(page.isActive());
    }

private Q_SLOTS:
    /// Lines that are said again and again need not be typed each time.
    void linesOfAListAreSaid()
    {
        Shown<ServerPage> server(m_threads);
        start(server.page());
        Shown<ClientPage> client(m_threads);
        client.page().setProtocol(ownProtocolFromName(u"lines"));
        client.page().setTarget(QStringLiteral("127.0.0.1"), server.page().server()->address().port);
        auto* const list = client.page().findChild<SendListPanel*>();
        auto* const tabs = client.page().findChild<QTabWidget*>();
        QVERIFY(tabs->isTabVisible(tabs->indexOf(list)));
        tabs->setCurrentWidget(list);
        auto* const entry = part<QLineEdit>(client.page(), QStringLiteral("Line to say"));
        auto* const add = part<QToolButton>(*list, QStringLiteral("Add"));
        add->click();
        QCOMPARE(list->model()->rowCount(), 0); // nothing was typed
        for (const char* line : { "hello", "größer" }) {
            entry->setText(QString::fromUtf8(line));
            add->click();
        }
        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->model()->index(0, SendListModel::Expects).data().toString(), QStringLiteral("no reply"));
        part<QToolButton>(*list, QStringLiteral("Send all"))->click();
        QTRY_VERIFY(talkOf(server.page()).contains(u"größer"));
        QVERIFY(talkOf(server.page()).contains(u"hello"));
        QTRY_VERIFY(talkOf(client.page()).contains(u"größer"));
        QTRY_VERIFY(!list->isRunning());
        list->table()->setCurrentIndex(list->model()->index(0, 0));
        part<QToolButton>(*list, QStringLiteral("Edit"))->click();
        QTRY_COMPARE(entry->text(), QStringLiteral("hello"));
    }

    void tabBelongsToTheService()
    {
        ServerPage page(m_threads);
        auto* tabs = page.findChild<QTabWidget*>();
        const auto* chat = page.findChild<ChatView*>()->parentWidget();
        QVERIFY(!tabs->isTabVisible(tabs->indexOf(chat)));
        auto* service = part<QComboBox>(page, QStringLiteral("Service"));
        service->setCurrentText(QStringLiteral("chat"));
        QCOMPARE(tabs->currentWidget(), chat);
        QVERIFY(!part<QLineEdit>(page, QStringLiteral("Line to say"))->isEnabled());
        service->setCurrentText(QStringLiteral("echo"));
        QVERIFY(!tabs->isTabVisible(tabs->indexOf(chat)));
    }

    void threePeopleAndTheWindow()
    {
        Shown<ServerPage> shown(m_threads);
        ServerPage& page = shown.page();
        start(page);
        const quint16 port = page.server()->address().port;
        Guest ann(port);
        QTRY_VERIFY(talkOf(page).contains(QStringLiteral("#1 has joined.")));
        Guest bob(port);
        QTRY_VERIFY(talkOf(page).contains(QStringLiteral("#2 has joined.")));
        ann.say("/name Ann\n");
        QTRY_COMPARE(bob.heard(), QByteArray("* Ann is here.\n"));
        ann.say("größe \x1b[31m\n");
        QTRY_VERIFY(talkOf(page).contains(QStringLiteral("#1 Ann  größe \\x1b[31m")));

        type(page, QStringLiteral("to all"));
        QTRY_VERIFY(bob.heard().endsWith("to all\n"));
        QTRY_VERIFY(ann.heard().endsWith("to all\n"));
        auto* to = part<QComboBox>(page, QStringLiteral("To"));
        QTRY_COMPARE(to->count(), 3);
        QCOMPARE(to->itemText(1), QStringLiteral("#1 Ann"));
        to->setCurrentIndex(1);
        auto* entry = part<QLineEdit>(page, QStringLiteral("Line to say"));
        QTest::keyClicks(entry, QStringLiteral("only Ann"));
        QTest::mouseClick(part<QPushButton>(page, QStringLiteral("Say")), Qt::LeftButton);
        QTRY_VERIFY(ann.heard().endsWith("only Ann\n"));
        QTRY_VERIFY(talkOf(page).contains(QStringLiteral("this window → #1  only Ann")));
        QTest::keyClick(entry, Qt::Key_Up);
        QTest::keyClick(entry, Qt::Key_Up);
        QCOMPARE(entry->text(), QStringLiteral("to all"));
        QTest::keyClick(entry, Qt::Key_Down);
        QTest::keyClick(entry, Qt::Key_Down);
        QCOMPARE(entry->text(), QString());

        bob.leave(); // the choice stays with Ann
        QTRY_COMPARE(to->count(), 2);
        QCOMPARE(to->currentText(), QStringLiteral("#1 Ann"));
        ann.leave();
        QTRY_VERIFY(talkOf(page).contains(QStringLiteral("#1 Ann has left.")));
        QTRY_COMPARE(to->currentText(), QStringLiteral("everybody"));
        QVERIFY(!bob.heard().contains("only Ann"));
        page.stop();
        QTRY_VERIFY(!entry->isEnabled());
    }

    void clientPage()
    {
        Shown<ServerPage> shownServer(m_threads);
        ServerPage& server = shownServer.page();
        start(server);
        Shown<ClientPage> shownClient(m_threads);
        ClientPage& client = shownClient.page();
        client.setTarget(QStringLiteral("127.0.0.1"), server.server()->address().port);
        auto* protocol = part<QComboBox>(client, QStringLiteral("Protocol"));
        protocol->setCurrentIndex(protocol->findData(QStringLiteral("lines")));
        QVERIFY(client.findChild<ChatView*>()->isVisible());
        QVERIFY(!part<QPushButton>(client, QStringLiteral("Send"))->isVisible());
        type(client, QStringLiteral("here I am")); // connects
        QTRY_VERIFY(talkOf(server).contains(QStringLiteral("#1  here I am")));
        QTRY_VERIFY(talkOf(client).contains(QStringLiteral("→ you  here I am")));
        QTRY_VERIFY(talkOf(client).contains(QStringLiteral("Connected to 127.0.0.1:")));
        type(server, QStringLiteral("welcome"));
        QTRY_VERIFY(talkOf(client).contains(QStringLiteral("←  welcome")));
        type(client, QStringLiteral("again")); // over the same connection
        QTRY_VERIFY(talkOf(server).contains(QStringLiteral("#1  again")));
        Guest guest(server.server()->address().port);
        QTRY_VERIFY(guest.isThere());
        guest.say("\xe6\x97");
        guest.say("\xa5\n");
        QTRY_VERIFY(talkOf(client).contains(QStringLiteral("←  日")));
        server.stop();
        QTRY_VERIFY(talkOf(client).contains(QStringLiteral("Not connected any more.")));
        protocol->setCurrentIndex(protocol->findData(QStringLiteral("app")));
        QVERIFY(!client.findChild<ChatView*>()->isVisible());
        QVERIFY(part<QPushButton>(client, QStringLiteral("Send"))->isVisible());
    }

    void nobodyListens()
    {
        Shown<ClientPage> shown(m_threads);
        ClientPage& client = shown.page();
        QTcpSocket taken;
        QVERIFY(taken.bind(QHostAddress::LocalHost));
        client.setTarget(QStringLiteral("127.0.0.1"), taken.localPort()); // bound, but not listening
        auto* protocol = part<QComboBox>(client, QStringLiteral("Protocol"));
        protocol->setCurrentIndex(protocol->findData(QStringLiteral("lines")));
        type(client, QStringLiteral("anybody?"));
        QTRY_VERIFY2(
            talkOf(client).contains(QStringLiteral("Connection refused (ECONNREFUSED)")), qPrintable(talkOf(client)));
    }

    /// New lines never move what one is reading, and old ones go.
    void followsUntilOneScrollsUp()
    {
        QWidget window;
        ChatView view(&window);
        window.resize(400, 300);
        view.resize(400, 300);
        window.show();
        std::vector<ChatLine> lines(500, ChatLine { 1, QStringLiteral("a"), QStringLiteral("text"), {} });
        view.append(lines);
        auto* talk = part<QPlainTextEdit>(view, QStringLiteral("Chat"));
        QScrollBar* bar = talk->verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(100);
        view.append(lines);
        QCOMPARE(bar->value(), 100);
        bar->setValue(bar->maximum());
        lines.resize(20'000, lines.front());
        lines.back().text = QString(5'000, QLatin1Char('x'));
        view.append(lines);
        QCOMPARE(bar->value(), bar->maximum());
        QCOMPARE(talk->document()->blockCount(), ChatView::maxLines);
        QVERIFY(view.text().endsWith(QString(ChatView::maxShown, QLatin1Char('x'))));
        QVERIFY(!view.text().contains(QString(ChatView::maxShown + 1, QLatin1Char('x'))));
    }
};

SOCKEYE_TEST(TestChatPages)

} // namespace sockeye

#include "tst_chat_pages.moc"
