// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/system/raw_socket.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/pages/sockets/sockets_page.h"
#include "ui/pages/sockets/sockets_table.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace sockeye {

class TestSocketsPage : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void oneActionOnePage();
    void showsWhatIsOurs();
    void followsWhatHappens();
    void filters();
    void explainsTheSelectedOne();
    void restsWhileNobodyLooks();
    void comesBack();

private:
    SocketsPage* open();
    template <typename Widget> Widget* control(const QString& name)
    {
        const QList<Widget*> all = m_page->findChildren<Widget*>();
        for (Widget* widget : all) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QStringList states(quint16 local);
    [[nodiscard]] int rowOf(quint16 local, const QString& state);

    SocketsPage* m_page = nullptr;
    SocketsTable* m_table = nullptr;
};

SocketsPage* TestSocketsPage::open()
{
    m_window->actions().sockets->trigger();
    m_page = qobject_cast<SocketsPage*>(m_window->pages().pages().constLast());
    m_table = m_page != nullptr ? m_page->findChild<SocketsTable*>() : nullptr;
    return m_page;
}

int TestSocketsPage::rowOf(quint16 local, const QString& state)
{
    const QString end = QStringLiteral("127.0.0.1:%1").arg(local);
    for (int row = 0; row < m_table->model()->rowCount(); ++row) {
        const auto cell = [&](SocketColumn column) {
            return m_table->model()->index(row, int(column)).data().toString();
        };
        if (cell(SocketColumn::Local) == end && cell(SocketColumn::State) == state) {
            return row;
        }
    }
    return -1;
}

QStringList TestSocketsPage::states(quint16 local)
{
    const QString end = QStringLiteral("127.0.0.1:%1").arg(local);
    QStringList found;
    for (int row = 0; row < m_table->model()->rowCount(); ++row) {
        if (m_table->model()->index(row, int(SocketColumn::Local)).data() == end) {
            found.append(m_table->model()->index(row, int(SocketColumn::State)).data().toString());
        }
    }
    return found;
}

void TestSocketsPage::oneActionOnePage()
{
    QVERIFY(open() != nullptr);
    m_window->newServer();
    m_window->actions().sockets->trigger();
    QCOMPARE(m_window->pages().pages().size(), 2);
    QCOMPARE(m_window->area().current(), m_page);
    QCOMPARE(m_page->title(), QStringLiteral("Sockets"));
    QCOMPARE(m_table->accessibleName(), QStringLiteral("Sockets"));
}

void TestSocketsPage::showsWhatIsOurs()
{
    const RawSocket listener = RawSocket::listening(5);
    open();
    QTRY_COMPARE(states(listener.port()), QStringList { QStringLiteral("LISTEN") });
    const int row = rowOf(listener.port(), QStringLiteral("LISTEN"));
    const QString process = m_table->model()->index(row, int(SocketColumn::Process)).data().toString();
    QVERIFY2(process.contains(QString::number(QCoreApplication::applicationPid())), qPrintable(process));
}

void TestSocketsPage::followsWhatHappens()
{
    RawSocket listener = RawSocket::listening(5);
    open();
    QTRY_COMPARE(states(listener.port()).size(), 1);
    RawSocket client = RawSocket::connected(listener.port());
    RawSocket server = listener.accept();
    QTRY_VERIFY(rowOf(listener.port(), QStringLiteral("ESTABLISHED")) >= 0);
    client.close();
    QTRY_VERIFY(rowOf(listener.port(), QStringLiteral("CLOSE_WAIT")) >= 0);
    // What a server leaves behind stays in sight after it has gone.
    const quint16 port = listener.port();
    listener.close();
    server.close();
    QTRY_COMPARE(states(port), QStringList());
}

void TestSocketsPage::filters()
{
    const RawSocket one = RawSocket::listening(5);
    const RawSocket other = RawSocket::bound(SOCK_DGRAM);
    open();
    QTRY_VERIFY(rowOf(one.port(), QStringLiteral("LISTEN")) >= 0);
    QTRY_VERIFY(rowOf(other.port(), QStringLiteral("UNCONN")) >= 0);
    auto* port = control<QLineEdit>(QStringLiteral("Port"));
    QTest::keyClicks(port, QString::number(other.port()));
    QTRY_VERIFY(rowOf(one.port(), QStringLiteral("LISTEN")) < 0);
    QTRY_VERIFY(rowOf(other.port(), QStringLiteral("UNCONN")) >= 0);
    port->clear();
    auto* text = control<QLineEdit>(QStringLiteral("Filter sockets"));
    m_page->focusFind();
    QTest::keyClicks(text, QStringLiteral("no such socket"));
    QTRY_COMPARE(m_table->model()->rowCount(), 0);
    QTRY_VERIFY(m_table->emptyText().contains(u"Clear the fields"));
    text->clear();
    control<QComboBox>(QStringLiteral("Show"))->setCurrentIndex(1);
    QTRY_VERIFY(m_table->model()->rowCount() >= 2);
}

void TestSocketsPage::explainsTheSelectedOne()
{
    const RawSocket listener = RawSocket::listening(5);
    RawSocket client = RawSocket::connected(listener.port());
    const RawSocket server = listener.accept();
    client.close();
    open();
    auto* meaning = m_page->findChild<QLabel*>(QStringLiteral("meaning"));
    QVERIFY(meaning->text().startsWith(u"Select a socket"));
    QTRY_VERIFY(rowOf(listener.port(), QStringLiteral("CLOSE_WAIT")) >= 0);
    m_table->selectRow(rowOf(listener.port(), QStringLiteral("CLOSE_WAIT")));
    QVERIFY2(meaning->text().startsWith(u"CLOSE_WAIT"), qPrintable(meaning->text()));
    QVERIFY(meaning->text().contains(u"Who must act: The program on this side"));
    m_table->selectRow(rowOf(listener.port(), QStringLiteral("LISTEN")));
    QVERIFY2(meaning->text().contains(u"(the backlog, 5)"), qPrintable(meaning->text()));
    m_page->copySelection();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"LISTEN"));
}

void TestSocketsPage::restsWhileNobodyLooks()
{
    open();
    QVERIFY(m_page->isActive());
    m_window->newServer();
    QVERIFY(!m_page->isActive());
    QCOMPARE(m_page->stateText(), QStringLiteral("resting"));
}

void TestSocketsPage::comesBack()
{
    open();
    control<QComboBox>(QStringLiteral("Show"))->setCurrentIndex(1);
    control<QLineEdit>(QStringLiteral("Port"))->setText(QStringLiteral("80"));
    control<QLineEdit>(QStringLiteral("Filter sockets"))->setText(QStringLiteral("listen"));
    Q_EMIT m_table->horizontalHeader()->sectionClicked(int(SocketColumn::State));
    Q_EMIT m_table->horizontalHeader()->sectionClicked(int(SocketColumn::State));
    const Workspace saved = m_window->workspace();
    m_window->closePage(m_page);
    m_window->openWorkspace(saved);
    m_page = qobject_cast<SocketsPage*>(m_window->pages().pages().constLast());
    QVERIFY(m_page != nullptr);
    QCOMPARE(m_page->saveState(), saved.entries.constFirst().page);
    QCOMPARE(m_page->saveState().value(u"descending").toBool(), true);
    // Whatever stands in a file.
    SocketsPage other;
    other.restore({ { QStringLiteral("port"), QStringLiteral("x") }, { QStringLiteral("sortedBy"), 99 },
        { QStringLiteral("text"), 5 }, { QStringLiteral("columns"), 7 } });
    QCOMPARE(other.saveState().value(u"sortedBy").toInt(), int(SocketColumn::Local));
}

SOCKEYE_TEST(TestSocketsPage)

} // namespace sockeye

#include "tst_sockets_page.moc"
