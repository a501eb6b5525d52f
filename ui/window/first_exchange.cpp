// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/first_exchange.h"

#include "app/endpoint/server.h"
#include "ui/pages/client_page.h"
#include "ui/pages/server_page.h"
#include "ui/window/main_window.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QStatusBar>
#include <QTimer>

#include <chrono>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

/// Between two steps: long enough to see that something happens, short enough not to wait for it.
constexpr auto pace = 500ms;

/// Pages narrower than this lie one above the other.
constexpr int comfortableWidth = 600;

} // namespace

FirstExchange::FirstExchange(MainWindow& window, IoThreads& threads)
    : QObject(&window)
    , m_window(window)
    , m_server(new ServerPage(threads))
    , m_client(new ClientPage(threads))
{
}

void FirstExchange::play()
{
    m_window.addPage(m_server, PageArea::Side::First);
    m_window.addPage(m_client, PageArea::Side::Second);
    m_window.actions().stacked->setChecked(m_window.area().width() < 2 * comfortableWidth);
    connect(m_server, &QObject::destroyed, this, &FirstExchange::end);
    connect(m_client, &QObject::destroyed, this, &FirstExchange::end);

    m_window.statusBar()->showMessage(tr("A server starts on a free port of this machine."));
    m_server->setPort(0);
    m_server->start();
    connect(m_server->server(), &Server::stateChanged, this, &FirstExchange::serverChanged);
}

void FirstExchange::serverChanged()
{
    const Server::State state = m_server->server()->state();
    if (state == Server::State::Listening) {
        disconnect(m_server->server(), nullptr, this, nullptr);
        QTimer::singleShot(pace, this, &FirstExchange::ask);
    } else if (state == Server::State::Failed) {
        end(); // the page says why
    }
}

void FirstExchange::ask()
{
    const SocketAddress address = m_server->server()->address();
    m_window.statusBar()->showMessage(tr("The client asks it: search morpheus."));
    m_client->setTarget(address.host.toString(), address.port);
    connect(m_client, &ClientPage::exchangeFinished, this, [this] {
        m_window.statusBar()->showMessage(
            tr("The answer has come. On the right: its bytes, and what each of them means. Select any other message to "
               "see it there."));
        end();
    });
    m_client->sendRequest(QStringLiteral("search"), QStringLiteral("morpheus"));
}

void FirstExchange::end()
{
    Q_EMIT finished();
    deleteLater();
}

} // namespace sockeye
