// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/load/load_run.h"
#include "tests/app/endpoint/engine_help.h"
#include "tests/app/net/refusing_port.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/inspector/inspector.h"
#include "ui/pages/load/latency_distribution.h"
#include "ui/pages/load/load_figures_model.h"
#include "ui/pages/load/load_page.h"
#include "ui/pages/load/load_plots.h"
#include "ui/pages/load/load_saver.h"
#include "ui/pages/load/wrong_reply_bar.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

namespace sockeye {

class TestLoadPage : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void measures();
    void comparesWithTheRunBefore();
    void showsAWrongReply();
    void anotherServerIsLearned();
    void refused();
    void asksForSomethingToAsk_data();
    void asksForSomethingToAsk();
    void otherWays_data();
    void otherWays();
    void datagramsAreAskedByHand();
    void aUnixSocketHasNoPort();
    void onlyFreshEndsWithTheConnection();
    void cancels();
    void closedWhileItRuns();
    void savesTheResult_data();
    void savesTheResult();
    void cannotBeSaved();
    void comesBack();
    void onlyPipeHasADepth();

    void cleanup() override
    {
        MainWindowTest::cleanup();
        m_server.reset();
        m_serverThreads.reset();
    }

private:
    void open();
    template <typename Widget> [[nodiscard]] Widget* control(const char* name) const
    {
        const QList<Widget*> all = m_page->findChildren<Widget*>();
        for (Widget* widget : all) {
            if (widget->accessibleName() == QString::fromUtf8(name)) {
                return widget;
            }
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton* button(const QString& text) const
    {
        const QList<QPushButton*> all = m_page->findChildren<QPushButton*>();
        for (QPushButton* each : all) {
            if (each->text() == text) {
                return each;
            }
        }
        return nullptr;
    }
    /// The text of a figure in that column; null where there is no such figure.
    [[nodiscard]] QString figure(const QString& name, int column = LoadFiguresModel::ThisRun) const;
    /// Starts a server, and fills the page's fields so that a run asks so many requests of it.
    [[nodiscard]] bool serve(bool persistent, int requests, const std::shared_ptr<const Catalog>& catalog = {});
    [[nodiscard]] bool serve(const ServerOptions& options, int requests);
    [[nodiscard]] bool run();

    std::unique_ptr<IoThreads> m_serverThreads;
    std::unique_ptr<Server> m_server;
    LoadPage* m_page = nullptr;
};

void TestLoadPage::open()
{
    m_window->actions().newLoad->trigger();
    m_page = qobject_cast<LoadPage*>(m_window->pages().pages().constLast());
    QVERIFY(m_page != nullptr);
}

QString TestLoadPage::figure(const QString& name, int column) const
{
    const auto* model = m_page->findChild<LoadFiguresModel*>();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, LoadFiguresModel::Figure).data().toString().trimmed() == name) {
            return model->index(row, column).data().toString();
        }
    }
    return {};
}

bool TestLoadPage::serve(bool persistent, int requests, const std::shared_ptr<const Catalog>& catalog)
{
    ServerOptions options = testOptions(persistent);
    options.serviceOptions.catalog = catalog;
    return serve(options, requests);
}

bool TestLoadPage::serve(const ServerOptions& options, int requests)
{
    open();
    m_serverThreads = std::make_unique<IoThreads>(1);
    m_server = std::make_unique<Server>(*m_serverThreads, nullptr);
    if (!startAndWait(*m_server, options)) {
        return false;
    }
    control<QSpinBox>("Port")->setValue(m_server->address().port);
    control<QSpinBox>("Requests")->setValue(requests);
    control<QDoubleSpinBox>("Seconds")->setValue(0);
    control<QSpinBox>("Connections at once")->setValue(4);
    return true;
}

bool TestLoadPage::run()
{
    button(QStringLiteral("Start load"))->click();
    return QTest::qWaitFor([this] { return m_page->run() != nullptr && !m_page->isActive(); }, 20'000);
}

void TestLoadPage::measures()
{
    QVERIFY(serve(false, 500));
    QVERIFY(!control<QToolButton>("Save result…")->isVisible());
    QCOMPARE(m_page->stateText(), QStringLiteral("ready"));
    QVERIFY(run());
    QCOMPARE(m_page->stateText(), QStringLiteral("done"));
    QTRY_COMPARE(figure(QStringLiteral("Requests")), QStringLiteral("500"));
    QCOMPARE(figure(QStringLiteral("Errors")), QStringLiteral("0"));
    QCOMPARE(figure(QStringLiteral("Mode, connections")), QStringLiteral("fresh, 4"));
    QVERIFY(!figure(QStringLiteral("p99.99")).isEmpty());
    QVERIFY(figure(QStringLiteral("Requests"), LoadFiguresModel::RunBefore).isEmpty());
    auto* plots = m_page->findChild<LoadPlots*>();
    QTRY_VERIFY(plots->pointCount() > 0);
    QVERIFY(plots->greatestRate() > 0);
    QVERIFY(qAbs(m_page->findChild<LatencyDistribution*>()->shareShown() - 1) < 1e-6);
    QVERIFY(control<QLabel>("Verdict")->isVisible());
    QVERIFY(control<QLabel>("What the generator cost")->text().contains(u"µs of processor time"));
    QVERIFY(!m_page->findChild<WrongReplyBar*>()->isVisible());
    QVERIFY(control<QToolButton>("Save result…")->isVisible());
    control<QToolButton>("Copy figures")->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Requests\t500\n")));
}

void TestLoadPage::comparesWithTheRunBefore()
{
    QVERIFY(serve(false, 100));
    QVERIFY(run());
    control<QSpinBox>("Requests")->setValue(200);
    QVERIFY(run());
    QTRY_COMPARE(figure(QStringLiteral("Requests")), QStringLiteral("200"));
    QCOMPARE(figure(QStringLiteral("Requests"), LoadFiguresModel::RunBefore), QStringLiteral("100"));
    QVERIFY(figure(QStringLiteral("p50"), LoadFiguresModel::Change).endsWith(u'%'));
}

/// It goes to the inspector, with the request and the right reply a click away.
void TestLoadPage::showsAWrongReply()
{
    QVERIFY(serve(false, 100,
        std::make_shared<const Catalog>(
            QList<Catalog::Entry> { { QStringLiteral("morpheus"), QStringLiteral("Take the blue pill.") } })));
    QVERIFY(run());
    QCOMPARE(m_page->stateText(), QStringLiteral("failed"));
    const auto* bar = m_page->findChild<WrongReplyBar*>();
    QVERIFY(bar->isVisible());
    QVERIFY(control<QLabel>("What went wrong")->isVisible());
    const auto* inspector = m_window->findChild<Inspector*>();
    const auto shown = [&] {
        const MessageRef message = inspector->message();
        return message.capture ? message.capture->read(
                   message.record.connection, message.record.direction, message.record.offset, message.record.size)
                               : QByteArray();
    };
    QTRY_VERIFY(shown().contains("blue pill"));
    control<QToolButton>("Right reply")->click();
    QTRY_VERIFY(shown().contains("white rabbit"));
    control<QToolButton>("Request")->click();
    QTRY_VERIFY(shown().contains("search"));
    // Another run begins anew.
    m_server.reset();
    QVERIFY(run());
    QVERIFY(!bar->isVisible());
    QVERIFY(!m_page->currentMessage().capture);
}

void TestLoadPage::anotherServerIsLearned()
{
    QVERIFY(serve(false, 100, std::make_shared<const Catalog>(QList<Catalog::Entry> {})));
    control<QCheckBox>("First replies are the right ones")->setChecked(true);
    QVERIFY(run());
    QTRY_COMPARE(figure(QStringLiteral("Requests")), QStringLiteral("100"));
}

void TestLoadPage::refused()
{
    QVERIFY(serve(false, 100));
    const RefusingPort taken;
    control<QSpinBox>("Port")->setValue(taken.address().port);
    QVERIFY(run());
    QCOMPARE(m_page->stateText(), QStringLiteral("failed"));
    QVERIFY(control<QLabel>("What went wrong")
                ->text()
                .startsWith(u"Connection refused (ECONNREFUSED): nothing listens on 127.0.0.1 port"));
    QVERIFY(!control<QLabel>("Verdict")->isVisible());
    QVERIFY(!control<QToolButton>("Save result…")->isVisible());
}

void TestLoadPage::asksForSomethingToAsk_data()
{
    QTest::addColumn<int>("search");
    QTest::addColumn<int>("handMade");
    QTest::addColumn<QString>("hex");
    QTest::newRow("nothing at all") << 0 << 0 << QString();
    QTest::newRow("no bytes") << 1 << 1 << QString();
    QTest::newRow("no hexadecimal digits") << 1 << 1 << QStringLiteral("0g");
    QTest::newRow("half a byte") << 1 << 1 << QStringLiteral("00 1");
}

void TestLoadPage::asksForSomethingToAsk()
{
    QFETCH(const int, search);
    QFETCH(const int, handMade);
    QFETCH(const QString, hex);
    open();
    control<QSpinBox>("Weight of search")->setValue(search);
    control<QSpinBox>("Weight of the hand-made request")->setValue(handMade);
    control<QLineEdit>("Hand-made request")->setText(hex);
    button(QStringLiteral("Start load"))->click();
    QVERIFY(!m_page->isActive());
    QVERIFY(control<QLabel>("What went wrong")->isVisible());
}

void TestLoadPage::otherWays_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("service");
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("untilClose");
    QTest::addColumn<QString>("shape");
    QTest::newRow("tls, fresh") << "TLS"
                                << "app" << 0 << false << "fresh, 4, tls";
    QTest::newRow("tls, until the end") << "TLS"
                                        << "app" << 0 << true << "fresh, 4, tls";
    QTest::newRow("udp, keep") << "UDP"
                               << "echo-udp" << 1 << false << "keep, 4, udp";
    QTest::newRow("tcp, until the end") << "TCP"
                                        << "app" << 0 << true << "fresh, 4";
}

void TestLoadPage::otherWays()
{
    QFETCH(const QString, transport);
    QFETCH(const QString, service);
    QFETCH(const int, mode);
    QFETCH(const bool, untilClose);
    QFETCH(const QString, shape);
    const bool isTls = transport == u"TLS";
    ServerOptions options = testOptions(false);
    options.service = service;
    options.tls.certificate = isTls ? TlsServerOptions::Certificate::SelfSigned : TlsServerOptions::Certificate::None;
    QVERIFY(serve(options, 60));
    control<QComboBox>("Transport")->setCurrentText(transport);
    control<QComboBox>("Mode")->setCurrentIndex(mode);
    control<QCheckBox>("End with the connection")->setChecked(untilClose);
    control<QCheckBox>("Accept any certificate")->setChecked(true);
    if (transport == u"UDP") {
        QCOMPARE(control<QDoubleSpinBox>("Time-out")->value(), 1.0);
        control<QSpinBox>("Weight of search")->setValue(0);
        control<QSpinBox>("Weight of the hand-made request")->setValue(1);
        control<QLineEdit>("Hand-made request")->setText(QStringLiteral("68 69"));
    }
    QVERIFY(run());
    QCOMPARE(control<QLabel>("What went wrong")->text(), QString());
    QTRY_COMPARE(figure(QStringLiteral("Requests")), QStringLiteral("60"));
    QCOMPARE(figure(QStringLiteral("Mode, connections")), shape);
    QCOMPARE(figure(QStringLiteral("TLS handshakes")), isTls ? QStringLiteral("60") : QString());
    QCOMPARE(figure(QStringLiteral("Lost")), transport == u"UDP" ? QStringLiteral("0") : QString());
    QCOMPARE(m_page->run()->report().plan.untilClose, untilClose);
}

void TestLoadPage::datagramsAreAskedByHand()
{
    open();
    control<QComboBox>("Transport")->setCurrentText(QStringLiteral("UDP"));
    button(QStringLiteral("Start load"))->click();
    QVERIFY(!m_page->isActive());
    QVERIFY(control<QLabel>("What went wrong")->text().contains(u"over UDP say by hand what is asked"));
}

void TestLoadPage::aUnixSocketHasNoPort()
{
    open();
    control<QLineEdit>("Host")->setText(QStringLiteral("unix:/run/app.sock"));
    QVERIFY(!control<QSpinBox>("Port")->isEnabled());
    QCOMPARE(m_page->title(), QStringLiteral("Load app.sock"));
    control<QLineEdit>("Host")->setText(QStringLiteral("localhost"));
    QVERIFY(control<QSpinBox>("Port")->isEnabled());
}

void TestLoadPage::onlyFreshEndsWithTheConnection()
{
    open();
    const auto* untilClose = control<QCheckBox>("End with the connection");
    for (const bool isUdp : { false, true }) {
        control<QComboBox>("Transport")->setCurrentText(isUdp ? QStringLiteral("UDP") : QStringLiteral("TCP"));
        for (int mode = 0; mode < 3; ++mode) {
            control<QComboBox>("Mode")->setCurrentIndex(mode);
            QCOMPARE(untilClose->isEnabled(), mode == 0 && !isUdp);
        }
    }
}

void TestLoadPage::cancels()
{
    QVERIFY(serve(true, 0));
    control<QComboBox>("Mode")->setCurrentIndex(1);
    control<QDoubleSpinBox>("Seconds")->setValue(1000);
    button(QStringLiteral("Start load"))->click();
    QVERIFY(button(QStringLiteral("Cancel"))->isVisible());
    QVERIFY(!control<QSpinBox>("Port")->isEnabled());
    QTRY_VERIFY(!figure(QStringLiteral("Requests")).isEmpty());
    QCOMPARE(m_page->stateText(), QStringLiteral("running"));
    button(QStringLiteral("Cancel"))->click();
    QTRY_COMPARE(m_page->stateText(), QStringLiteral("cancelled"));
    QVERIFY(control<QSpinBox>("Port")->isEnabled());
    QVERIFY(m_page->run()->report().requests() > 0);
    QCOMPARE(m_page->run()->report().errorCount(), 0);
}

void TestLoadPage::closedWhileItRuns()
{
    QVERIFY(serve(true, 0));
    control<QComboBox>("Mode")->setCurrentIndex(2);
    control<QDoubleSpinBox>("Seconds")->setValue(1000);
    button(QStringLiteral("Start load"))->click();
    QTRY_VERIFY(m_page->run()->report().requests() > 0);
    m_window->closePage(m_page);
    QVERIFY(m_window->pages().pages().isEmpty());
}

void TestLoadPage::savesTheResult_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("json") << "result.json";
    QTest::newRow("csv") << "course.CSV";
}

void TestLoadPage::savesTheResult()
{
    QFETCH(const QString, name);
    QVERIFY(serve(false, 50));
    QVERIFY(run());
    const QString file = m_folder->filePath(name);
    bool saved = false;
    saveLoad(m_page, file, m_page->run()->report(), [&saved](const QString&, const Failure& failure) {
        QVERIFY(!failure);
        saved = true;
    });
    QTRY_VERIFY(saved);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    if (name.endsWith(u"json")) {
        QCOMPARE(QJsonDocument::fromJson(bytes)[u"requests"].toInt(), 50);
    } else {
        QVERIFY(bytes.startsWith("seconds,requests,"));
    }
}

void TestLoadPage::cannotBeSaved()
{
    open();
    Failure told;
    saveLoad(m_page, m_folder->filePath(QStringLiteral("no/such/folder.json")), {},
        [&told](const QString&, const Failure& failure) { told = failure; });
    QTRY_COMPARE(told.code, FailureCode::FileNotWritten);
}

void TestLoadPage::comesBack()
{
    open();
    control<QLineEdit>("Host")->setText(QStringLiteral("example.org"));
    control<QSpinBox>("Port")->setValue(8080);
    control<QComboBox>("Transport")->setCurrentText(QStringLiteral("TLS"));
    control<QCheckBox>("Resume sessions")->setChecked(true);
    control<QComboBox>("Mode")->setCurrentIndex(2);
    control<QSpinBox>("Depth")->setValue(99);
    control<QSpinBox>("Rate")->setValue(12'345);
    control<QSpinBox>("Weight of arithmetic")->setValue(7);
    control<QLineEdit>("Hand-made request")->setText(QStringLiteral("00 02 5b 5d"));
    control<QDoubleSpinBox>("Time-out")->setValue(2.5);
    const Workspace saved = m_window->workspace();
    m_window->closePage(m_page);
    m_window->openWorkspace(saved);
    m_page = qobject_cast<LoadPage*>(m_window->pages().pages().constLast());
    QVERIFY(m_page != nullptr);
    const auto settings = [](QJsonObject state) {
        state.remove(QStringLiteral("figures")); // the last column takes what is left
        return state;
    };
    QCOMPARE(settings(m_page->saveState()), settings(saved.entries.constFirst().page));
    QCOMPARE(control<QSpinBox>("Rate")->value(), 12'345);
    QCOMPARE(control<QComboBox>("Transport")->currentText(), QStringLiteral("TLS"));
    QVERIFY(control<QCheckBox>("Resume sessions")->isChecked());
    QCOMPARE(control<QDoubleSpinBox>("Time-out")->value(), 2.5);
    QCOMPARE(m_page->title(), QStringLiteral("Load 8080"));
    m_page->restore({ { QStringLiteral("port"), 700'000 }, { QStringLiteral("mode"), 5 },
        { QStringLiteral("asked"), QStringLiteral("nothing") } });
    QCOMPARE(control<QComboBox>("Mode")->currentIndex(), 2);
}

void TestLoadPage::onlyPipeHasADepth()
{
    open();
    auto* mode = control<QComboBox>("Mode");
    auto* depth = control<QSpinBox>("Depth");
    for (int i = 0; i < mode->count(); ++i) {
        mode->setCurrentIndex(i);
        QCOMPARE(depth->isEnabled(), i == 2);
    }
}

SOCKEYE_TEST(TestLoadPage)

} // namespace sockeye

#include "tst_load_page.moc"
