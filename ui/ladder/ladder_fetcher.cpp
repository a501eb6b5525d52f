// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_fetcher.h"

#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

#include <utility>

namespace sockeye {

LadderFetcher::LadderFetcher(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &LadderFetcher::take);
}

LadderFetcher::~LadderFetcher()
{
    m_watcher.cancel();
}

void LadderFetcher::setConnection(const std::shared_ptr<Capture>& capture, quint32 connection)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_next.reset();
    // What is under way goes on with the reader that it has.
    m_reader = capture ? std::make_shared<LadderReader>(capture, connection) : nullptr;
}

void LadderFetcher::ask(const LadderRequest& request)
{
    if (!m_reader) {
        return;
    }
    if (m_watcher.isRunning()) {
        if (!request.onlyNew) {
            m_next = request;
        }
        return;
    }
    begin(request);
}

void LadderFetcher::begin(const LadderRequest& request)
{
    const auto promise = std::make_shared<QPromise<LadderPicturePtr>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, reader = m_reader, request] {
        if (!promise->isCanceled()) {
            promise->addResult(std::make_shared<const LadderPicture>(reader->picture(request)));
        }
        promise->finish();
    });
}

void LadderFetcher::take()
{
    const QFuture<LadderPicturePtr> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const LadderPicturePtr picture = future.result();
    if (const auto next = std::exchange(m_next, std::nullopt)) {
        begin(*next);
    }
    if (!picture->isUnchanged) {
        Q_EMIT ready(picture);
    }
}

} // namespace sockeye
