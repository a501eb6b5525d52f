// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/first_exchange.h"

#include "app/endpoint/server.h"
#include "ui/pages/client/client_page.h"
#include "ui/pages/server/server_page.h"
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
constexpr auto pace = 600ms;

/// The least room in which a page is comfortable.
constexpr QSize comfortable(560, 460);

} // namespace

FirstExchange::FirstExchange(MainWindow& window, IoThreads& threads)
    : QObject(&window)
    , m_window(window)
    , m_threads(threads)
{
}

void FirstExchange::play()
{
    m_server = new ServerPage(m_threads);
    connect(m_server, &QObject::destroyed, this, &FirstExchange::end);
    m_window.addPage(m_server, PageArea::Side::First);
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
        QTimer::singleShot(pace, this, &FirstExchange::openClient);
    } else if (state == Server::State::Failed) {
        end(); // the page says why
    }
}

void FirstExchange::openClient()
{
    if (m_server == nullptr || m_server->server()->state() != Server::State::Listening) {
        end(); // closed or stopped by the user meanwhile
        return;
    }
    const SocketAddress address = m_server->server()->address();
    m_client = new ClientPage(m_threads);
    connect(m_client, &QObject::destroyed, this, &FirstExchange::end);
    m_client->setTarget(address.host.toString(), address.port);
    m_window.addPage(m_client, clientSide());
    m_window.statusBar()->showMessage(tr("The client asks it: search morpheus."));
    QTimer::singleShot(pace, this, &FirstExchange::ask);
}

/// Where both pages are seen at once, if the window has the room; otherwise they are tabs, and come to the front in
/// turn.
PageArea::Side FirstExchange::clientSide()
{
    const QSize room = m_window.area().size();
    const bool besides = room.width() >= 2 * comfortable.width();
    const bool above = room.height() >= 2 * comfortable.height();
    if (!besides && !above) {
        return PageArea::Side::First;
    }
    m_window.actions().stacked->setChecked(!besides);
    return PageArea::Side::Second;
}

void FirstExchange::ask()
{
    if (m_client == nullptr) {
        return;
    }
    connect(m_client, &ClientPage::exchangeFinished, this, [this](bool answered) {
        m_window.statusBar()->showMessage(answered
                ? tr("The answer has come. On the right: its bytes, and what each of them means. Select any other "
                     "message to see it there.")
                : tr("No answer came: the client page says why."));
        QStatusBar* status = m_window.statusBar();
        connect(
            &m_window.area(), &PageArea::currentChanged, status, &QStatusBar::clearMessage, Qt::SingleShotConnection);
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
