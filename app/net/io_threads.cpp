// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/io_threads.h"

#include "app/net/event_dispatcher.h"
#include "app/threads/gui_thread_wait.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

namespace sockeye {

IoThreads::IoThreads(int count)
{
    std::promise<void> left;
    m_left = left.get_future();
    m_stay = Stay(this, [left = std::make_shared<std::promise<void>>(std::move(left))](void*) { left->set_value(); });
    const int wanted = std::clamp(count > 0 ? count : QThread::idealThreadCount() - 1, 1, 8);
    m_threads.reserve(static_cast<std::size_t>(wanted));
    for (int i = 0; i < wanted; ++i) {
        auto thread = std::make_unique<QThread>();
        thread->setObjectName(QStringLiteral("sockeye-io-%1").arg(i));
        if (QAbstractEventDispatcher* const dispatcher = newEventDispatcher()) {
            thread->setEventDispatcher(dispatcher); // the thread deletes it at its end
        }
        thread->start();
        m_threads.push_back(std::move(thread));
    }
}

IoThreads::~IoThreads()
{
    GuiThreadWait::check("the I/O threads");
    m_stay.reset();
    m_left.wait();
    for (const auto& thread : m_threads) {
        thread->quit();
    }
    for (const auto& thread : m_threads) {
        thread->wait();
    }
}

QThread* IoThreads::next()
{
    QThread* chosen = thread(m_next);
    m_next = (m_next + 1) % count();
    return chosen;
}

} // namespace sockeye
