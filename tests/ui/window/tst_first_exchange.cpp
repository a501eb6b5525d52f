// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/hexview/hex_view.h"
#include "ui/inspector/inspector.h"
#include "ui/models/inspected_message.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/first_exchange.h"
#include "ui/window/pages/page_set.h"
#include "ui/window/welcome_page.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

using namespace sockeye;

/// What a newcomer sees first: it plays by itself, to its end or until the user does something else.
class TestFirstExchange : public MainWindowTest {
    Q_OBJECT
private Q_SLOTS:
    void beginsOnTheWelcomePage();
    void endsWithTheReplyInTheInspector_data();
    void endsWithTheReplyInTheInspector();
    void pagesBesideEachOtherWhereThereIsRoom_data();
    void pagesBesideEachOtherWhereThereIsRoom();
    void closingAPageEndsIt_data();
    void closingAPageEndsIt();
    void stoppingTheServerEndsIt();
    void unansweredQuestionIsNotCalledAnswered();
    void closingTheWindowMeanwhile_data();
    void closingTheWindowMeanwhile();
    void twoAtOnce();

private:
    QPointer<FirstExchange> play();
    template <typename T> [[nodiscard]] T* page() const;
};

namespace {

constexpr int longEnough = 20'000; // for three steps of 0.6 s, on a machine that is busy

bool isSaid(const QWidget& widget, const QString& text)
{
    const auto labels = widget.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) {
        return label->isVisible() && (label->text().contains(text) || label->accessibleName().contains(text));
    });
}

} // namespace

QPointer<FirstExchange> TestFirstExchange::play()
{
    m_window->actions().firstExchange->trigger();
    return m_window->findChild<FirstExchange*>();
}

/// The page of that kind that was opened last.
template <typename T> T* TestFirstExchange::page() const
{
    T* found = nullptr;
    for (Page* each : m_window->pages().pages()) {
        if (auto* candidate = qobject_cast<T*>(each)) {
            found = candidate;
        }
    }
    return found;
}

void TestFirstExchange::beginsOnTheWelcomePage()
{
    auto* welcome = m_window->findChild<WelcomePage*>();
    QVERIFY(welcome->isVisible());
    const QList<QAbstractButton*> buttons = welcome->findChildren<QAbstractButton*>();
    const auto watch = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton* button) {
        return button->isVisible() && button->accessibleName() == QStringLiteral("Watch a first exchange");
    });
    QVERIFY(watch != buttons.end());
    (*watch)->click();
    QVERIFY(m_window->findChild<FirstExchange*>() != nullptr);
    QVERIFY(!welcome->isVisible());
    QVERIFY(page<ServerPage>() != nullptr);
    QVERIFY(!m_window->statusBar()->currentMessage().isEmpty());
}

void TestFirstExchange::endsWithTheReplyInTheInspector_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("small window: tabs") << QSize(1280, 800);
    QTest::newRow("wide window: both sides") << QSize(1900, 1000);
}

void TestFirstExchange::endsWithTheReplyInTheInspector()
{
    QFETCH(const QSize, size);
    m_window->resize(size);
    const QPointer<FirstExchange> exchange = play();
    QVERIFY(exchange != nullptr);
    QSignalSpy finished(exchange, &FirstExchange::finished);

    // The server listens, on a port that was free; then the client is there and knows it.
    auto* server = page<ServerPage>();
    QVERIFY(server != nullptr);
    QTRY_VERIFY(server->isActive());
    const quint16 port = server->server()->address().port;
    QVERIFY(port > 0);
    QVERIFY(page<ClientPage>() == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(page<ClientPage>() != nullptr, longEnough);
    auto* client = page<ClientPage>();
    QVERIFY(client->title().contains(QString::number(port)));
    QCOMPARE(m_window->area().current(), client);

    // It asks, and what came is chosen and shown.
    QTRY_VERIFY_WITH_TIMEOUT(exchange.isNull(), longEnough);
    QCOMPARE(finished.size(), 1);
    const Inspector& inspector = m_window->inspector();
    QTRY_COMPARE(inspector.message().capture, client->capture());
    QCOMPARE(inspector.message().record.direction, Direction::In);
    QTRY_VERIFY(inspector.bytes()->message() != nullptr);
    QTRY_VERIFY(inspector.bytes()->message()->bytes().contains("Follow the white rabbit. "));
    QVERIFY(isSaid(inspector, QStringLiteral("← in")));
    QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("answer has come")));

    // The server has seen both, and goes on.
    QTRY_COMPARE(server->capture()->messageCount(), 2);
    QVERIFY(server->capture()->read(1, Direction::In, 0, 4096).contains("\"morpheus\""));
    QCOMPARE(server->server()->exchanges(), 1);
    QVERIFY(server->isActive());
}

void TestFirstExchange::pagesBesideEachOtherWhereThereIsRoom_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("split");
    QTest::addColumn<bool>("stacked");
    QTest::newRow("small") << QSize(1280, 800) << false << false;
    QTest::newRow("wide") << QSize(1900, 800) << true << false;
    QTest::newRow("high") << QSize(1280, 1200) << true << true;
}

void TestFirstExchange::pagesBesideEachOtherWhereThereIsRoom()
{
    QFETCH(const QSize, size);
    QFETCH(const bool, split);
    QFETCH(const bool, stacked);
    m_window->resize(size);
    play();
    QTRY_VERIFY_WITH_TIMEOUT(page<ClientPage>() != nullptr, longEnough);
    QCOMPARE(m_window->area().isSplit(), split);
    QCOMPARE(m_window->actions().stacked->isChecked(), stacked);
    QCOMPARE(m_window->area().orientation(), stacked ? Qt::Vertical : Qt::Horizontal);
    QVERIFY(page<ClientPage>()->isVisible());
    QCOMPARE(page<ServerPage>()->isVisible(), split);
}

void TestFirstExchange::closingAPageEndsIt_data()
{
    QTest::addColumn<bool>("withClient");
    QTest::addColumn<bool>("closesClient");
    QTest::newRow("the server, at once") << false << false;
    QTest::newRow("the server, before the question") << true << false;
    QTest::newRow("the client") << true << true;
}

void TestFirstExchange::closingAPageEndsIt()
{
    QFETCH(const bool, withClient);
    QFETCH(const bool, closesClient);
    const QPointer<FirstExchange> exchange = play();
    if (withClient) {
        QTRY_VERIFY_WITH_TIMEOUT(page<ClientPage>() != nullptr, longEnough);
    }
    if (closesClient) {
        m_window->closePage(page<ClientPage>());
    } else {
        m_window->closePage(page<ServerPage>());
    }
    QTRY_VERIFY(exchange.isNull());
    // What was open besides stays open, and nothing else comes.
    QCOMPARE(m_window->pages().pages().size(), withClient ? 1 : 0);
    QCOMPARE(m_window->findChild<WelcomePage*>()->isVisible(), !withClient);
    if (withClient) {
        QCOMPARE(page<ServerPage>() != nullptr, closesClient);
    }
}

void TestFirstExchange::stoppingTheServerEndsIt()
{
    const QPointer<FirstExchange> exchange = play();
    QTRY_VERIFY(page<ServerPage>()->isActive());
    page<ServerPage>()->stop();
    QTRY_VERIFY_WITH_TIMEOUT(exchange.isNull(), longEnough);
    QVERIFY(page<ClientPage>() == nullptr);
    QCOMPARE(m_window->pages().pages().size(), 1);
}

void TestFirstExchange::unansweredQuestionIsNotCalledAnswered()
{
    const QPointer<FirstExchange> exchange = play();
    QTRY_VERIFY_WITH_TIMEOUT(page<ClientPage>() != nullptr, longEnough);
    page<ServerPage>()->stop();
    QSignalSpy asked(page<ClientPage>(), &ClientPage::exchangeFinished);
    QTRY_VERIFY_WITH_TIMEOUT(exchange.isNull(), longEnough);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().constFirst().toBool(), false);
    QVERIFY(m_window->statusBar()->currentMessage().contains(QStringLiteral("No answer")));
}

void TestFirstExchange::closingTheWindowMeanwhile_data()
{
    QTest::addColumn<bool>("withClient");
    QTest::newRow("at once") << false;
    QTest::newRow("before the question") << true;
}

void TestFirstExchange::closingTheWindowMeanwhile()
{
    QFETCH(const bool, withClient);
    const QPointer<FirstExchange> exchange = play();
    if (withClient) {
        QTRY_VERIFY_WITH_TIMEOUT(page<ClientPage>() != nullptr, longEnough);
    }
    m_window->close();
    m_window.reset();
    QVERIFY(exchange.isNull());
}

void TestFirstExchange::twoAtOnce()
{
    const QPointer<FirstExchange> first = play();
    m_window->playFirstExchange();
    QTRY_VERIFY_WITH_TIMEOUT(first.isNull() && m_window->findChild<FirstExchange*>() == nullptr, longEnough);
    QCOMPARE(m_window->pages().pages().size(), 4);
    for (Page* each : m_window->pages().pages()) {
        QTRY_COMPARE(each->capture()->messageCount(), 2);
    }
}

SOCKEYE_TEST(TestFirstExchange)
#include "tst_first_exchange.moc"
