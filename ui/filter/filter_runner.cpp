// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filter/filter_runner.h"

#include "app/threads/background_threads.h"

#include <QDeadlineTimer>
#include <QThreadPool>

#include <chrono>

namespace sockeye {

namespace {

using namespace std::chrono_literals;

constexpr auto firstPiece = 30ms;
constexpr auto otherPieces = 80ms;

} // namespace

FilterRunner::FilterRunner(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &FilterRunner::take);
}

FilterRunner::~FilterRunner()
{
    m_watcher.cancel();
}

void FilterRunner::begin(std::shared_ptr<CaptureScan> scan)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_isRunning = false;
    m_isStopped = false;
    m_scan = std::move(scan);
    m_looked = m_scan ? m_scan->looked() : 0;
    m_lacking = m_scan ? m_scan->lacking() : 0;
}

void FilterRunner::lookAt(qsizetype end)
{
    if (!m_scan || m_isRunning || m_isStopped || end <= m_looked) {
        return;
    }
    m_isRunning = true;
    const auto promise = std::make_shared<QPromise<CaptureScan::Found>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    const auto limit = m_looked == 0 ? firstPiece : otherPieces;
    backgroundThreads().start([promise, scan = m_scan, end, limit] {
        const QDeadlineTimer deadline(limit);
        promise->addResult(scan->scan(end, [&] { return deadline.hasExpired() || promise->isCanceled(); }));
        promise->finish();
    });
}

void FilterRunner::stop()
{
    m_isStopped = true;
}

void FilterRunner::take()
{
    QFuture<CaptureScan::Found> future = m_watcher.future();
    if (!m_isRunning || future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const CaptureScan::Found piece = future.takeResult();
    m_isRunning = false;
    m_looked = piece.looked;
    m_lacking = piece.lacking;
    Q_EMIT found(piece.rows);
}

} // namespace sockeye
