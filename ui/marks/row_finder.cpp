// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/row_finder.h"

#include "app/reading/capture.h"
#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

namespace sockeye {

RowFinder::RowFinder(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcher<Rows>::finished, this, [this] {
        const QFuture<Rows> future = m_watcher.future();
        if (!future.isCanceled() && future.resultCount() > 0) {
            Q_EMIT found(future.result());
        }
    });
}

RowFinder::~RowFinder()
{
    m_watcher.cancel();
}

void RowFinder::find(const std::shared_ptr<Capture>& capture, const std::vector<StreamPlace>& places)
{
    m_watcher.cancel();
    const auto promise = std::make_shared<QPromise<Rows>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture, places] {
        promise->addResult(rowsOf(*capture, places, [&promise] { return promise->isCanceled(); }));
        promise->finish();
    });
}

void RowFinder::cancel()
{
    m_watcher.cancel();
    m_watcher.setFuture({});
}

} // namespace sockeye
