// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/latency_fetcher.h"

#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

/// What a thread that looks keeps alive.
struct LatencyFetcher::Kept {
    explicit Kept(std::shared_ptr<Capture> of)
        : capture(std::move(of))
        , latencies(*capture)
    {
    }
    std::shared_ptr<Capture> capture;
    RowLatencies latencies;
};

LatencyFetcher::LatencyFetcher(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_watcher.isCanceled()) { // as an empty future is
            Q_EMIT fetched();
            look();
        }
    });
}

LatencyFetcher::~LatencyFetcher()
{
    m_watcher.cancel();
}

void LatencyFetcher::setCapture(std::shared_ptr<Capture> capture)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_kept = capture ? std::make_shared<Kept>(std::move(capture)) : nullptr;
    m_wanted = 0;
}

std::optional<qint64> LatencyFetcher::latency(qsizetype captureRow)
{
    if (!m_kept) {
        return std::nullopt;
    }
    if (captureRow >= m_kept->latencies.looked()) {
        m_wanted = std::max(m_wanted, captureRow + 1);
        look();
    }
    return m_kept->latencies.at(captureRow);
}

/// At what was asked for and whatever else has come meanwhile.
void LatencyFetcher::look()
{
    if (!m_kept || m_watcher.isRunning() || m_wanted <= m_kept->latencies.looked()) {
        return;
    }
    const auto promise = std::make_shared<QPromise<void>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, kept = m_kept, end = m_kept->capture->messageCount()] {
        kept->latencies.lookAt(end, [&promise] { return promise->isCanceled(); });
        promise->finish();
    });
}

} // namespace sockeye
