// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"
#include "tests/app/system/raw_socket.h"
#include "tests/ui/window/window_test.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/connections_panel.h"
#include "ui/connections/kernel_panel.h"
#include "ui/connections/kernel_plot.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/widgets/dense_table.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

namespace sockeye {

/// Pages with real sockets behind them: what the kernel says of these is in the table and in the plots.
class TestKernelPanel : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void init() override;
    void cleanup();
    void queuesStandInTheTable();
    void columnsAreChosen();
    void aPeerThatDoesNotReadIsNamed();
    void floodAgainstStall();
    void forgetsTheConnectionBefore();

private:
    void serve(const QString& service);
    [[nodiscard]] QString cell(ConnectionColumn column, int row = 0) const
    {
        return m_server->connections()->model()->index(row, int(column)).data().toString();
    }
    template <typename Widget> static Widget* control(const QWidget& page, const QString& name)
    {
        const QList<Widget*> all = page.findChildren<Widget*>();
        for (Widget* widget : all) {
            if (widget->accessibleName() == name) {
                return widget;
            }
        }
        return nullptr;
    }
    static KernelPanel* showKernel(const QWidget& page)
    {
        auto* panel = page.findChild<KernelPanel*>();
        for (QTabWidget* tabs : page.findChildren<QTabWidget*>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                if (tabs->widget(i) == panel || tabs->widget(i)->isAncestorOf(panel)) {
                    tabs->setCurrentIndex(i);
                }
            }
        }
        return panel;
    }
    [[nodiscard]] quint16 port() const { return m_server->server()->address().port; }

    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<QWidget> m_window; ///< without size limits: the offscreen platform warns of them
    ServerPage* m_server = nullptr;
    ClientPage* m_client = nullptr;
};

void TestKernelPanel::init()
{
    WindowTest::init();
    m_threads = std::make_unique<IoThreads>(2);
    m_window = std::make_unique<QWidget>();
    m_window->resize(1600, 900);
    m_server = new ServerPage(*m_threads, m_window.get());
    m_server->setGeometry(0, 0, 800, 900);
    m_client = new ClientPage(*m_threads, m_window.get());
    m_client->setGeometry(800, 0, 800, 900);
    m_window->show();
}

void TestKernelPanel::cleanup()
{
    m_window.reset();
    m_threads.reset();
}

void TestKernelPanel::serve(const QString& service)
{
    control<QComboBox>(*m_server, QStringLiteral("Service"))->setCurrentText(service);
    m_server->setPort(0);
    m_server->start();
    QTRY_COMPARE(m_server->server()->state(), Server::State::Listening);
}

void TestKernelPanel::queuesStandInTheTable()
{
    serve(QStringLiteral("stall"));
    const RawSocket peer = RawSocket::connected(port());
    QCOMPARE(::send(peer.descriptor(), "twelve bytes", 12, 0), ssize_t(12));
    QTRY_COMPARE(cell(ConnectionColumn::ReceiveQueue), QStringLiteral("12"));
    QCOMPARE(cell(ConnectionColumn::SendQueue), QStringLiteral("0"));
    QCOMPARE(cell(ConnectionColumn::TcpState), QStringLiteral("ESTABLISHED"));
    QVERIFY(cell(ConnectionColumn::CongestionWindow).toInt() > 0);
    QVERIFY(cell(ConnectionColumn::RoundTrip).endsWith(u" ms"));
    m_server->server()->resetConnection(1);
    QTRY_COMPARE(cell(ConnectionColumn::ReceiveQueue), QString());
}

void TestKernelPanel::columnsAreChosen()
{
    DenseTable* table = m_server->connections()->table();
    const auto hidden = [table](ConnectionColumn column) { return table->isColumnHidden(int(column)); };
    QVERIFY(!hidden(ConnectionColumn::ReceiveQueue) && !hidden(ConnectionColumn::SendQueue));
    QVERIFY(hidden(ConnectionColumn::RoundTrip) && hidden(ConnectionColumn::TcpState));
    // What it waits for stays at the end, where there is room.
    QCOMPARE(table->horizontalHeader()->visualIndex(int(ConnectionColumn::Waiting)), connectionColumnCount - 1);
    auto* menu = table->findChild<QMenu*>();
    QVERIFY(menu != nullptr);
    for (QAction* action : menu->actions()) {
        action->setChecked(action->text() == QStringLiteral("Round trip"));
    }
    QVERIFY(hidden(ConnectionColumn::ReceiveQueue) && !hidden(ConnectionColumn::RoundTrip));
    ConnectionsPanel other;
    other.restoreState(m_server->connections()->saveState());
    QVERIFY(other.table()->isColumnHidden(int(ConnectionColumn::ReceiveQueue)));
    QVERIFY(!other.table()->isColumnHidden(int(ConnectionColumn::RoundTrip)));
    // No kernel knows the connections of a file.
    other.setCapture(nullptr, false);
    QVERIFY(other.table()->isColumnHidden(int(ConnectionColumn::RoundTrip)));
}

void TestKernelPanel::aPeerThatDoesNotReadIsNamed()
{
    serve(QStringLiteral("echo"));
    const RawSocket peer = RawSocket::connected(port());
    const QByteArray block(64 * 1024, 'x');
    const auto push = [&] {
        (void)::send(peer.descriptor(), block.constData(), static_cast<std::size_t>(block.size()), MSG_DONTWAIT);
        return cell(ConnectionColumn::Waiting).contains(u"the peer's window is full: it is not reading");
    };
    QTRY_VERIFY_WITH_TIMEOUT(push(), 30'000);
    QVERIFY(cell(ConnectionColumn::SendQueue).size() > 4);
}

void TestKernelPanel::floodAgainstStall()
{
    serve(QStringLiteral("stall"));
    m_client->setTarget(QStringLiteral("127.0.0.1"), port());
    KernelPanel* near = showKernel(*m_client);
    KernelPanel* far = showKernel(*m_server);
    auto* flood = control<QPushButton>(*near, QStringLiteral("Flood"));
    QVERIFY(flood->isVisible());
    QVERIFY(!control<QPushButton>(*far, QStringLiteral("Flood"))->isVisible());
    flood->click();
    // Both queues fill, and then nothing more moves: the writer waits.
    auto* meaning = control<QLabel>(*near, QStringLiteral("What the kernel waits for"));
    QTRY_VERIFY2_WITH_TIMEOUT(meaning->text().startsWith(u"The peer's window is full: it is not reading."),
        qPrintable(meaning->text()), 30'000);
    QTRY_VERIFY(near->plots()[1]->greatest() > 100'000);
    QTRY_VERIFY(far->plots()[0]->greatest() > 10'000);
    QVERIFY(!flood->isEnabled());
    const qint64 written = m_client->capture()->byteCount();
    QVERIFY(written < 16 * 1024 * 1024);
    const int points = near->plots()[0]->pointCount();
    QTRY_VERIFY(near->plots()[0]->pointCount() >= points + 3); // it is still looked at
    QCOMPARE(m_client->capture()->byteCount(), written);
    // And it can be given up.
    for (QPushButton* button : m_client->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Cance&l")) {
            button->click();
        }
    }
    QTRY_VERIFY(flood->isEnabled());
}

void TestKernelPanel::forgetsTheConnectionBefore()
{
    serve(QStringLiteral("stall"));
    KernelPanel* panel = showKernel(*m_server);
    QVERIFY(panel->factsText().startsWith(u"While a connection is open"));
    const RawSocket first = RawSocket::connected(port());
    QTRY_VERIFY(panel->factsText().startsWith(u"Connection #1 "));
    QTRY_VERIFY(panel->plots()[0]->pointCount() > 2);
    const RawSocket second = RawSocket::connected(port());
    QTRY_VERIFY(panel->factsText().startsWith(u"Connection #2 "));
    QVERIFY(panel->plots()[0]->pointCount() <= 2);
    // The selected one, whichever is newer.
    QTRY_COMPARE(m_server->connections()->model()->rowCount(), 2);
    m_server->connections()->table()->setCurrentIndex(m_server->connections()->model()->index(0, 0));
    QTRY_VERIFY(panel->factsText().startsWith(u"Connection #1 "));
    m_server->server()->resetConnection(1);
    QTRY_VERIFY(panel->factsText().contains(u"is over"));
}

SOCKEYE_TEST(TestKernelPanel)

} // namespace sockeye

#include "tst_kernel_panel.moc"
