// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/server.h"
#include "tests/app/endpoint/blocked_threads.h"
#include "tests/ui/window/main_window_test.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/client/many_page.h"
#include "ui/pages/server/server_page.h"
#include "ui/rules/rules_panel.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/widgets/code_edit.h"
#include "ui/window/page_window.h"
#include "ui/window/pages/page_factory.h"
#include "ui/window/pages/page_set.h"

#include <QAbstractButton>
#include <QElapsedTimer>
#include <QFile>
#include <QMessageBox>
#include <QSignalSpy>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sockeye;

/// A page closes at once, whatever the threads do that its parts live in.
class TestClosingPages : public MainWindowTest {
    Q_OBJECT

    ServerPage* newListeningServer()
    {
        auto* page = qobject_cast<ServerPage*>(m_window->newServer());
        page->setPort(0);
        page->start();
        const bool listens = QTest::qWaitFor([page] { return page->isActive(); });
        return listens ? page : nullptr;
    }
    void closeNow(Page* page)
    {
        m_window->closePage(page);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

private Q_SLOTS:
    void whileTheSocketsAreBusy_data()
    {
        QTest::addColumn<PageKind>("kind");
        QTest::newRow("server") << PageKind::Server;
        QTest::newRow("client") << PageKind::Client;
        QTest::newRow("many connections") << PageKind::ManyConnections;
    }
    void whileTheSocketsAreBusy()
    {
        QFETCH(const PageKind, kind);
        IoThreads serverThreads(1);
        Server server(serverThreads, nullptr);
        Page* page = nullptr;
        if (kind == PageKind::Server) {
            page = newListeningServer();
            QVERIFY(page);
        } else {
            ServerOptions options;
            options.service = QStringLiteral("stall"); // nothing is answered
            options.port = 0;
            server.start(options);
            QTRY_COMPARE(server.state(), Server::State::Listening);
            page = kind == PageKind::Client ? m_window->newClient() : m_window->showTool(kind);
            if (auto* const client = qobject_cast<ClientPage*>(page)) {
                client->setTarget(QStringLiteral("127.0.0.1"), server.address().port);
                client->sendRequest(QStringLiteral("search"), QStringLiteral("morpheus"));
            } else if (auto* const many = qobject_cast<ManyPage*>(page)) {
                many->setTarget({ QStringLiteral("127.0.0.1"), server.address().port, false });
                many->start();
            }
            QTRY_VERIFY(page->isActive());
        }
        const QPointer<Page> closed(page);
        BlockedThreads blocked(*m_threads);
        closeNow(page);
        QVERIFY(closed.isNull());
        QVERIFY(blocked.areBlocked());
        blocked.letGo();
        m_window.reset(); // or the end of our own threads here would be that of a window's thread that waits
    }

    void startsAgainOnTheSamePort()
    {
        ServerPage* const page = newListeningServer();
        QVERIFY(page);
        const quint16 port = page->server()->address().port;
        for (int round = 0; round < 5; ++round) {
            page->stop();
            QTRY_COMPARE(page->server()->state(), Server::State::Stopped);
            page->setPort(port);
            page->start();
            QTRY_COMPARE(page->server()->state(), Server::State::Listening);
            QCOMPARE(page->server()->address().port, port);
        }
        closeNow(page);
        auto* const next = qobject_cast<ServerPage*>(m_window->newServer());
        next->setPort(port);
        next->start();
        QTRY_VERIFY(next->server()->state() != Server::State::Starting);
        QCOMPARE(next->server()->state(), Server::State::Listening);
    }

    void anUnsavedListIsAskedFor_data()
    {
        QTest::addColumn<QByteArray>("what");
        QTest::newRow("a page") << QByteArray("page");
        QTest::newRow("a window of its own") << QByteArray("torn off");
        QTest::newRow("the main window") << QByteArray("all");
    }
    void anUnsavedListIsAskedFor()
    {
        QFETCH(const QByteArray, what);
        const QPointer<Page> page(m_window->newClient());
        auto* const list = page->findChild<SendListPanel*>();
        list->add({});
        PageWindow* const own = what == "torn off" ? m_window->tearOff(page) : nullptr;
        m_window->show();
        const auto close = [&] {
            if (own != nullptr) {
                own->close();
            } else if (what == "all") {
                m_window->close();
            } else {
                m_window->askToClose(page);
            }
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        const auto answer = [&](QMessageBox::StandardButton button) {
            auto* const question = list->findChild<QMessageBox*>();
            QVERIFY(question != nullptr);
            question->button(button)->click();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        close();
        answer(QMessageBox::Cancel);
        QVERIFY(page);
        QVERIFY(page->isVisible());
        close();
        answer(QMessageBox::Discard);
        QVERIFY(!page);
        QCOMPARE(m_window->isVisible(), what != "all");
    }

    void unsavedTextIsAskedFor_data()
    {
        QTest::addColumn<bool>("isRelay");
        QTest::addColumn<QList<QString>>("panels"); // whose texts were changed
        QTest::addColumn<bool>("all");
        const QString rules = QStringLiteral("Text of the rules");
        const QString scenario = QStringLiteral("Text of the scenario");
        for (const bool all : { false, true }) {
            const char* const what = all ? "the main window" : "a page";
            QTest::addRow("%s, a server's rules", what) << false << QList { rules } << all;
            QTest::addRow("%s, a relay's rules", what) << true << QList { rules } << all;
            QTest::addRow("%s, a scenario", what) << true << QList { scenario } << all;
            QTest::addRow("%s, both", what) << true << QList { rules, scenario } << all;
        }
    }
    void unsavedTextIsAskedFor()
    {
        QFETCH(const bool, isRelay);
        QFETCH(const QList<QString>, panels);
        QFETCH(const bool, all);
        const QPointer<Page> page(isRelay ? m_window->newRelay() : m_window->newServer());
        m_window->show();
        QVERIFY(!page->hasUnsaved()); // what everybody begins with is nobody's
        for (auto* text : page->findChildren<CodeEdit*>()) {
            if (panels.contains(text->accessibleName())) {
                text->setPlainText(QStringLiteral("# mine\n"));
            }
        }
        QVERIFY(page->hasUnsaved());
        const auto close = [&] {
            all ? static_cast<void>(m_window->close()) : m_window->askToClose(page);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        const auto answer = [&page](QMessageBox::StandardButton button) {
            auto* const question = page->findChild<QMessageBox*>();
            QVERIFY(question != nullptr);
            question->button(button)->click();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        close();
        answer(QMessageBox::Cancel);
        QVERIFY(page && page->isVisible());
        QVERIFY(page->findChild<QMessageBox*>() == nullptr);
        close();
        for (qsizetype i = 0; i < panels.size(); ++i) {
            QVERIFY(page);
            answer(QMessageBox::Discard);
        }
        QVERIFY(!page);
        QCOMPARE(m_window->isVisible(), !all);
    }

    void unsavedRulesAreSaved()
    {
        const QString file = m_folder->filePath(QStringLiteral("own.toml"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("# first\n");
        out.close();
        const QPointer<Page> page(m_window->newServer());
        auto* const rules = page->findChild<RulesPanel*>();
        rules->open(file);
        QTRY_COMPARE(rules->text(), QStringLiteral("# first\n"));
        QVERIFY(!page->hasUnsaved());
        rules->findChild<CodeEdit*>()->setPlainText(QStringLiteral("# second\n"));
        rules->findChild<CodeEdit*>()->document()->setModified(true); // as typing does
        m_window->askToClose(page);
        auto* const question = page->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QVERIFY2(question->text().contains(u"own.toml"), qPrintable(question->text()));
        question->button(QMessageBox::Save)->click();
        QTRY_VERIFY(!page);
        QVERIFY(out.open(QIODevice::ReadOnly));
        QCOMPARE(out.readAll(), QByteArray("# second\n"));
    }

    /// Its reader waits for who writes to it, and looks up only now and then.
    void whileAPipeIsRead()
    {
        const QString pipe = m_folder->filePath(QStringLiteral("pipe"));
        QVERIFY(::mkfifo(QFile::encodeName(pipe).constData(), 0600) == 0);
        constexpr int times = 20;
        qint64 closing = 0;
        for (int round = 0; round < times; ++round) {
            m_window->openFile(pipe);
            // A writer that says nothing, once there is a reader.
            int writer = -1;
            QVERIFY(QTest::qWaitFor([&] {
                writer = ::open(QFile::encodeName(pipe).constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
                return writer >= 0;
            }));
            QElapsedTimer timer;
            timer.start();
            closeNow(m_window->pages().pages().constFirst());
            closing += timer.elapsed();
            ::close(writer);
        }
        // Whoever waits for it waits for most of the 50 ms between two looks.
        QVERIFY2(closing < times * 20, qPrintable(QString::number(closing)));
    }
};

SOCKEYE_TEST(TestClosingPages)
#include "tst_closing_pages.moc"
