// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "app/words/english_plurals.h"
#include "protocol/protocols/lines/lines_protocol.h"
#include "tests/testcase.h"
#include "ui/composer/composer_desk.h"
#include "ui/composer/composer_model.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/pages/server/server_page.h"
#include "ui/pages/server/server_send_panel.h"
#include "ui/widgets/dense_table.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTest>

#include <memory>
#include <vector>

using namespace sockeye;

namespace {

/// What a server's page sends of itself.
class TestServerSendPanel : public TestCase {
    Q_OBJECT

    EnglishPlurals m_plurals;
    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ServerPage> m_page;
    std::vector<std::unique_ptr<QTcpSocket>> m_peers;

    template <typename T> T* named(const QString& name) const
    {
        for (T* const widget : m_page->sending()->findChildren<T*>()) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    QPushButton* button() const { return named<QPushButton>(QStringLiteral("Send by hand")); }
    QComboBox* to() const { return named<QComboBox>(QStringLiteral("To whom")); }
    QString who() const { return m_page->sending()->findChild<ElidedLabel*>(QStringLiteral("who"))->fullText(); }
    QString said() const { return named<QLabel>(QStringLiteral("What became of it"))->text(); }

    void start(const QString& service, int peers)
    {
        m_page->restore({ { QStringLiteral("service"), service } });
        m_page->setPort(0);
        m_page->start();
        QTRY_VERIFY(m_page->isActive());
        for (int i = 0; i < peers; ++i) {
            m_peers.push_back(std::make_unique<QTcpSocket>());
            m_peers.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), m_page->server()->address().port);
            QTRY_COMPARE(m_page->connections()->model()->openCount(), i + 1);
        }
    }
    void write(const QByteArray& bytes)
    {
        m_page->sending()->desk().model().edit(nullptr, [&](RequestDraft& draft) { draft.setBytes(bytes); });
    }
    QByteArray heard(std::size_t peer, qint64 size)
    {
        (void)QTest::qWaitFor([&] { return m_peers[peer]->bytesAvailable() >= size; });
        return m_peers[peer]->readAll();
    }
    void select(int row)
    {
        m_page->connections()->table()->selectionModel()->select(
            m_page->connections()->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void init()
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
    }
    void cleanup()
    {
        m_page.reset();
        m_window.reset();
        m_peers.clear();
        m_threads.reset();
    }

    void toTheSelectedOnes()
    {
        start(QStringLiteral("echo"), 4);
        m_peers[3]->write("said");
        QTRY_COMPARE(m_peers[3]->bytesAvailable(), 4);
        QVERIFY(!button()->isEnabled());
        QCOMPARE(who(), QStringLiteral("Select some in the table above."));
        select(1);
        QCOMPARE(who(), QStringLiteral("#2"));
        write("by hand");
        QVERIFY(button()->isEnabled());
        button()->click();
        QTRY_COMPARE(said(), QStringLiteral("Sent 7 bytes to 1 connection."));
        QTRY_COMPARE(m_peers[1]->bytesAvailable(), 7);
        select(2);
        QCOMPARE(who(), QStringLiteral("#2, #3"));
        button()->click();
        QTRY_COMPARE(said(), QStringLiteral("Sent 7 bytes to 2 connections."));
        QCOMPARE(heard(1, 14), QByteArray("by handby hand"));
        QCOMPARE(heard(2, 7), QByteArray("by hand"));
        // The others have heard nothing but their answers, and still get them.
        m_peers[0]->write("x");
        QCOMPARE(heard(0, 1), QByteArray("x"));
        QCOMPARE(m_peers[3]->readAll(), QByteArray("said"));
    }

    void toAll()
    {
        start(QStringLiteral("echo"), 0);
        to()->setCurrentIndex(1);
        QCOMPARE(who(), QStringLiteral("Nobody is connected."));
        QVERIFY(!button()->isEnabled());
        m_page->stop();
        QTRY_COMPARE(m_page->server()->state(), Server::State::Stopped);
        QCOMPARE(who(), QStringLiteral("The server is stopped."));
        start(QStringLiteral("echo"), 3);
        to()->setCurrentIndex(1);
        QCOMPARE(who(), QStringLiteral("3 open"));
        write("all");
        button()->click();
        QTRY_COMPARE(said(), QStringLiteral("Sent 3 bytes to 3 connections."));
        for (std::size_t peer = 0; peer < m_peers.size(); ++peer) {
            QCOMPARE(heard(peer, 3), QByteArray("all"));
        }
    }

    void saysWhatDoesNotGo()
    {
        start(QStringLiteral("echo"), 2);
        select(0);
        select(1);
        write({});
        button()->click();
        QCOMPARE(said(), QStringLiteral("There is nothing to send: the message has no bytes."));
        m_peers[0]->disconnectFromHost();
        QTRY_COMPARE(m_page->connections()->model()->openCount(), 1);
        write("x");
        button()->click();
        QTRY_COMPARE(said(), QStringLiteral("Sent 1 byte to 1 connection. Not sent to 1 connection that is closed."));
        m_page->sending()->desk().model().setObstacle(QStringLiteral("Hex: wrong."));
        button()->click();
        QCOMPARE(said(), QStringLiteral("Nothing was sent. Hex: wrong."));
    }

    /// From the table's menu: the tab comes to the front, and it is for those that are selected.
    void isOfferedByTheTable()
    {
        start(QStringLiteral("echo"), 1);
        to()->setCurrentIndex(1);
        QVERIFY(!m_page->sending()->isVisible());
        select(0);
        for (QAction* const action : m_page->connections()->table()->actions()) {
            if (action->text() == QStringLiteral("Send to it…")) {
                QVERIFY(action->isVisible() && action->isEnabled());
                action->trigger();
            }
        }
        QVERIFY(m_page->sending()->isVisible());
        QCOMPARE(to()->currentIndex(), 0);
    }

    /// A reply in the protocol of the page; what is written stays when nothing changes, and over a restart.
    void followsTheProtocol()
    {
        start(QStringLiteral("app"), 0);
        const ComposerModel& model = m_page->sending()->desk().model();
        QCOMPARE(model.sender(), Sender::Server);
        QCOMPARE(model.protocol()->id(), QStringLiteral("app"));
        m_page->setProtocol(linesProtocol());
        QCOMPARE(model.protocol(), linesProtocol());
        write("draft\n");
        to()->setCurrentIndex(1);
        const QJsonObject state = m_page->saveState();
        ServerPage other(*m_threads);
        other.restore(state);
        QCOMPARE(other.sending()->desk().model().draft().bytes(), QByteArray("draft\n"));
        QVERIFY(other.sending()->saveState().value(QStringLiteral("toAll")).toBool());
    }
};

} // namespace

SOCKEYE_TEST(TestServerSendPanel)
#include "tst_server_send_panel.moc"
