// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/system/raw_socket.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/diagnose_offer.h"
#include "ui/pages/diagnose/diagnose_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>

namespace sockeye {

class TestDiagnosePage : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void connected();
    void refused();
    void cancels();
    void asksForAHost();
    void comesBack();
    void aClientOffersIt();
    void aServerNamesWhoHasThePort();

private:
    void open();
    [[nodiscard]] QString label(const char* name) const
    {
        return m_page->findChild<QLabel*>(QLatin1StringView(name))->text();
    }
    template <typename Widget> [[nodiscard]] Widget* control(const QString& name) const
    {
        const QList<Widget*> all = m_page->findChildren<Widget*>();
        for (Widget* widget : all) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    void diagnose(const QString& host, quint16 port);

    DiagnosePage* m_page = nullptr;
};

void TestDiagnosePage::open()
{
    m_window->actions().diagnose->trigger();
    m_page = qobject_cast<DiagnosePage*>(m_window->pages().pages().constLast());
    QVERIFY(m_page != nullptr);
}

void TestDiagnosePage::diagnose(const QString& host, quint16 port)
{
    control<QLineEdit>(QStringLiteral("Host"))->setText(host);
    control<QSpinBox>(QStringLiteral("Port"))->setValue(port);
    control<QPushButton>(QStringLiteral("Diagnose"))->click();
    QVERIFY(m_page->isActive());
    QTRY_VERIFY(!m_page->isActive());
}

void TestDiagnosePage::connected()
{
    const RawSocket listener = RawSocket::listening(5);
    open();
    diagnose(QStringLiteral("127.0.0.1"), listener.port());
    QVERIFY2(label("verdict").startsWith(u"Connected to 127.0.0.1 port"), qPrintable(label("verdict")));
    QCOMPARE(m_page->stateText(), QStringLiteral("connected"));
    const auto* steps = control<QTableView>(QStringLiteral("Steps"))->model();
    QCOMPARE(steps->rowCount(), 4); // name, ping, connect, this machine
    for (int row = 0; row < steps->rowCount(); ++row) {
        for (int column = 0; column < steps->columnCount(); ++column) {
            QVERIFY(!steps->index(row, column).data().toString().isEmpty());
        }
    }
    QVERIFY(m_page->findChild<QToolButton*>()->isEnabled());
    m_page->copySelection();
    const QString report = QGuiApplication::clipboard()->text();
    QVERIFY(report.contains(u"Verdict: Connected to 127.0.0.1"));
    QCOMPARE(report.count(u'\n'), 8);
}

void TestDiagnosePage::refused()
{
    RawSocket listener = RawSocket::listening(1);
    const quint16 port = listener.port();
    listener.close();
    open();
    diagnose(QStringLiteral("127.0.0.1"), port);
    QCOMPARE(label("verdict"),
        QStringLiteral("Connection refused (ECONNREFUSED): nothing listens on 127.0.0.1 port %1.").arg(port));
    QVERIFY(label("meaning").contains(u"No program on this machine has this port"));
    QVERIFY(label("advice").startsWith(u"Next: Start the server first."));
    QCOMPARE(m_page->stateText(), QStringLiteral("failed"));
}

void TestDiagnosePage::cancels()
{
    open();
    control<QLineEdit>(QStringLiteral("Host"))->setText(QStringLiteral("127.0.0.1"));
    control<QPushButton>(QStringLiteral("Diagnose"))->click();
    QVERIFY(control<QPushButton>(QStringLiteral("Cancel"))->isVisible());
    control<QPushButton>(QStringLiteral("Cancel"))->click();
    QVERIFY(!m_page->isActive());
    QCOMPARE(label("verdict"), QStringLiteral("Cancelled."));
    QCOMPARE(control<QTableView>(QStringLiteral("Steps"))->model()->rowCount(), 0);
    // And another one can follow at once.
    diagnose(QStringLiteral("127.0.0.1"), 1);
    QVERIFY(label("verdict").contains(u"127.0.0.1 port 1"));
}

void TestDiagnosePage::asksForAHost()
{
    open();
    const QSignalSpy told(m_page, &Page::statusMessage);
    control<QLineEdit>(QStringLiteral("Host"))->clear();
    control<QPushButton>(QStringLiteral("Diagnose"))->click();
    QVERIFY(!m_page->isActive());
    QCOMPARE(told.size(), 1);
}

void TestDiagnosePage::comesBack()
{
    open();
    control<QLineEdit>(QStringLiteral("Host"))->setText(QStringLiteral("example.org"));
    control<QSpinBox>(QStringLiteral("Port"))->setValue(8080);
    const Workspace saved = m_window->workspace();
    m_window->closePage(m_page);
    m_window->openWorkspace(saved);
    m_page = qobject_cast<DiagnosePage*>(m_window->pages().pages().constLast());
    QVERIFY(m_page != nullptr);
    QCOMPARE(m_page->saveState(), saved.entries.constFirst().page);
    m_page->restore({ { QStringLiteral("port"), 700'000 }, { QStringLiteral("host"), 5 } });
    QCOMPARE(control<QLineEdit>(QStringLiteral("Host"))->text(), QStringLiteral("example.org"));
}

void TestDiagnosePage::aClientOffersIt()
{
    RawSocket listener = RawSocket::listening(1);
    const quint16 port = listener.port();
    listener.close();
    auto* client = qobject_cast<ClientPage*>(m_window->newClient());
    auto* offer = client->findChild<DiagnoseOffer*>();
    QVERIFY(!offer->isVisible());
    client->setTarget(QStringLiteral("127.0.0.1"), port);
    client->sendRequest(QStringLiteral("search"), QStringLiteral("x"));
    QTRY_VERIFY(offer->isVisible());
    offer->findChild<QPushButton*>()->click();
    m_page = qobject_cast<DiagnosePage*>(m_window->area().current());
    QVERIFY(m_page != nullptr);
    QTRY_COMPARE(label("verdict"),
        QStringLiteral("Connection refused (ECONNREFUSED): nothing listens on 127.0.0.1 port %1.").arg(port));
}

void TestDiagnosePage::aServerNamesWhoHasThePort()
{
    const RawSocket listener = RawSocket::listening(1);
    auto* page = qobject_cast<ServerPage*>(m_window->newServer());
    page->setPort(listener.port());
    page->start();
    QTRY_COMPARE(page->server()->state(), Server::State::Failed);
    const QString meaning = page->server()->failure().meaning;
    QVERIFY2(meaning.contains(QStringLiteral("(%1) listens there").arg(QCoreApplication::applicationPid())),
        qPrintable(meaning));
}

SOCKEYE_TEST(TestDiagnosePage)

} // namespace sockeye

#include "tst_diagnose_page.moc"
