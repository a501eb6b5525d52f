// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/window/pages/page_area.h"

#include <QObject>
#include <QPointer>

namespace sockeye {

class ClientPage;
class IoThreads;
class MainWindow;
class ServerPage;

/// The first thing that a newcomer sees: a server page and a client page side by side; the server starts on a free
/// port, the client asks it `search morpheus`, and the reply is selected, so that the inspector shows its bytes. Plays
/// once, in steps slow enough to follow, and deletes itself. Ends early if a page is closed meanwhile.
class FirstExchange : public QObject {
    Q_OBJECT
public:
    FirstExchange(MainWindow& window, IoThreads& threads);

    void play();

Q_SIGNALS:
    void finished();

private:
    void serverChanged();
    void openClient();
    [[nodiscard]] PageArea::Side clientSide();
    void ask();
    void end();

    MainWindow& m_window;
    IoThreads& m_threads;
    QPointer<ServerPage> m_server;
    QPointer<ClientPage> m_client;
};

} // namespace sockeye
