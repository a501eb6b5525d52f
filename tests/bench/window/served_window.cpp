// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/window/served_window.h"

#include <QEventLoop>
#include <QJsonObject>
#include <QTimer>

namespace sockeye {

void waitUntil(const std::function<bool()>& done)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done()) {
            loop.quit();
        }
    });
    look.start(20);
    loop.exec();
}

ServedWindow::ServedWindow(bool persistent)
    : m_settings(m_folder.filePath(QStringLiteral("settings.ini")))
    , m_window(m_threads, m_settings)
    , m_page(new ServerPage(m_threads))
{
    m_window.resize(1280, 800);
    m_window.addPage(m_page);
    m_window.show();
    m_page->restore({ { QStringLiteral("options"), QJsonObject { { QStringLiteral("persistent"), persistent } } } });
    m_page->setPort(0);
    m_page->start();
    waitUntil([this] { return m_page->server()->state() == Server::State::Listening; });
}

void ServedWindow::closePage()
{
    const std::weak_ptr<Capture> capture = m_page->capture();
    m_window.closePage(m_page);
    waitUntil([&] { return capture.expired(); });
}

} // namespace sockeye
