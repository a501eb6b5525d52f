// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/server.h"
#include "app/net/io_threads.h"
#include "ui/pages/server/server_page.h"
#include "ui/window/main_window.h"
#include "ui/window/settings.h"

#include <QTemporaryDir>

#include <functional>

namespace sockeye {

/// Events go on until `done`, which is asked fifty times a second.
void waitUntil(const std::function<bool()>& done);

/// The whole window, with the page of a server that listens on a free port.
class ServedWindow {
public:
    explicit ServedWindow(bool persistent = true);

    [[nodiscard]] ServerPage& page() const { return *m_page; }
    void closePage(); ///< and with it the server and its capture: page() is no more
    [[nodiscard]] quint16 port() const { return m_page->server()->address().port; }

private:
    QTemporaryDir m_folder;
    Settings m_settings;
    IoThreads m_threads;
    MainWindow m_window;
    ServerPage* m_page;
};

} // namespace sockeye
