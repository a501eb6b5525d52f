// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "tests/testcase.h"
#include "ui/pages/relay/relay_page.h"

#include <QAbstractButton>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTest>

#include <memory>

namespace sockeye {

/// A relay page in a window, and a server of ours as its target.
class RelayPageTest : public TestCase {
    Q_OBJECT
protected Q_SLOTS:
    void cleanup()
    {
        m_page.reset();
        m_window.reset();
        m_server.reset();
        m_threads.reset();
    }

protected:
    void setUp()
    {
        m_threads = std::make_unique<IoThreads>(1);
        m_page = std::make_unique<RelayPage>(*m_threads);
        m_page->resize(700, 800);
        // In a window without size limits: the offscreen platform warns of them.
        m_window = std::make_unique<QWidget>();
        m_window->resize(m_page->size());
        m_page->setParent(m_window.get());
        m_page->show();
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// Those that its messages are in; its parts have tabs, too.
    [[nodiscard]] QTabWidget* pageTabs() const
    {
        for (auto* const tabs : m_page->findChildren<QTabWidget*>()) {
            if (tabs->tabText(0) == u"Messages") {
                return tabs;
            }
        }
        return nullptr;
    }

    /// The target answers as the service of that name does.
    void startTarget(const QString& service = QStringLiteral("app"))
    {
        m_server = std::make_unique<Server>(*m_threads, Capture::create({}));
        ServerOptions options;
        options.port = 0;
        options.service = service;
        m_server->start(options);
        QTRY_COMPARE(m_server->state(), Server::State::Listening);
        m_page->setTarget(QStringLiteral("127.0.0.1"), m_server->address().port);
    }

    void startRelay()
    {
        m_page->start();
        QTRY_VERIFY(m_page->isActive());
    }

    std::unique_ptr<QTcpSocket> connectPeer() const
    {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_page->relay()->address().port);
        const bool connected =
            QTest::qWaitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; }, patience);
        return connected ? std::move(socket) : nullptr;
    }

    /// Sends, and waits for an answer of at least that size or the end.
    QByteArray exchange(const QByteArray& request, qsizetype atLeast = std::numeric_limits<qsizetype>::max()) const
    {
        const auto socket = connectPeer();
        if (!socket) {
            return {};
        }
        socket->write(request);
        QByteArray answer;
        const bool answered = QTest::qWaitFor(
            [&] {
                answer += socket->readAll();
                return answer.size() >= atLeast || socket->state() == QAbstractSocket::UnconnectedState;
            },
            patience);
        return answered ? answer : QByteArray();
    }

    template <typename T> T* named(const QString& name) const
    {
        const QList<T*> widgets = m_page->findChildren<T*>();
        for (T* widget : widgets) {
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            if (widget->accessibleName() == name || (button && button->text().remove(u'&') == name)) {
                return widget;
            }
        }
        return nullptr;
    }

    static constexpr int patience = 60'000; // ms

    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<RelayPage> m_page;
};

} // namespace sockeye
