// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/io_threads.h"
#include "tests/ui/window/window_test.h"
#include "ui/window/main_window.h"
#include "ui/window/settings.h"

#include <QTemporaryDir>

#include <memory>

namespace sockeye {

/// A test of the real main window: each function gets a new one, with settings of its own.
class MainWindowTest : public WindowTest {
    Q_OBJECT
protected Q_SLOTS:
    void init() override
    {
        WindowTest::init();
        m_folder = std::make_unique<QTemporaryDir>();
        m_threads = std::make_unique<IoThreads>(1);
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_threads, *m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    virtual void cleanup()
    {
        m_window.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        m_settings.reset();
        m_threads.reset();
    }

protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<IoThreads> m_threads;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace sockeye
