// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lanes/lanes_fetcher.h"

#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

#include <utility>

namespace sockeye {

LanesFetcher::LanesFetcher(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &LanesFetcher::take);
}

LanesFetcher::~LanesFetcher()
{
    m_watcher.cancel();
}

void LanesFetcher::setConnection(const std::shared_ptr<Capture>& capture, quint32 connection)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_next.reset();
    // What is under way goes on with the reader that it has.
    m_reader = capture ? std::make_shared<LanesReader>(capture, connection) : nullptr;
}

void LanesFetcher::ask(const LanesRequest& request)
{
    if (!m_reader) {
        return;
    }
    if (m_watcher.isRunning()) {
        m_next = request;
        return;
    }
    begin(request);
}

void LanesFetcher::begin(const LanesRequest& request)
{
    const auto promise = std::make_shared<QPromise<LanesPicturePtr>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, reader = m_reader, request] {
        if (!promise->isCanceled()) {
            promise->addResult(std::make_shared<const LanesPicture>(reader->picture(request)));
        }
        promise->finish();
    });
}

void LanesFetcher::take()
{
    const QFuture<LanesPicturePtr> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const LanesPicturePtr picture = future.result();
    if (const auto next = std::exchange(m_next, std::nullopt)) {
        begin(*next);
    }
    Q_EMIT ready(picture);
}

} // namespace sockeye
