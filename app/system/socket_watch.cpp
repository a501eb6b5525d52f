// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/system/socket_watch.h"

#include "app/threads/background_threads.h"

#include <QThreadPool>
#include <QTimerEvent>

#include <mutex>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr int interval = 1000; // ms from the end of one look to the next
constexpr auto processBudget = 300ms;

} // namespace

/// One job at a time uses `owners` and `selection`; the mutex is for the moment in which it hands over what it found.
struct SocketWatch::Worker {
    SocketOwners owners;
    SocketSelection selection;
    std::mutex mutex;
    SocketWatch* watch = nullptr; ///< null: nobody wants it any more
};

SocketWatch::SocketWatch(QObject* parent)
    : QObject(parent)
    , m_worker(std::make_shared<Worker>())
{
    m_worker->watch = this;
}

SocketWatch::~SocketWatch()
{
    const std::lock_guard lock(m_worker->mutex);
    m_worker->watch = nullptr;
}

void SocketWatch::setRunning(bool running)
{
    if (running != m_running) {
        m_running = running;
        if (running) {
            look();
        } else {
            m_timer.stop();
        }
    }
}

void SocketWatch::setQuery(const SocketQuery& query)
{
    if (query != m_query) {
        m_query = query;
        if (m_running) {
            look();
        }
    }
}

void SocketWatch::look()
{
    m_timer.stop();
    if (m_looking) {
        m_again = true;
        return;
    }
    m_looking = true;
    m_again = false;
    backgroundThreads().start([worker = m_worker, query = m_query] {
        const SocketTable table = readSockets(worker->owners, processBudget);
        std::vector<SocketRow> rows = worker->selection.select(table, query);
        const std::lock_guard lock(worker->mutex);
        if (worker->watch != nullptr) {
            QMetaObject::invokeMethod(
                worker->watch,
                [watch = worker->watch, rows = std::move(rows), count = qsizetype(table.rows.size()),
                    source = table.source]() mutable { watch->take(std::move(rows), count, source); },
                Qt::QueuedConnection);
        }
    });
}

void SocketWatch::take(std::vector<SocketRow> rows, qsizetype count, SocketTable::Source source)
{
    m_looking = false;
    m_rows = std::move(rows);
    m_count = count;
    m_source = source;
    Q_EMIT looked();
    if (m_running && m_again) {
        look();
    } else if (m_running) {
        m_timer.start(interval, this);
    }
}

void SocketWatch::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        look();
    }
}

} // namespace sockeye
