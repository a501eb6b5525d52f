// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/summary_fetcher.h"

#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

namespace sockeye {

namespace {

constexpr int remembered = 4096;
/// What is read before it is shown: more than a table shows at once.
constexpr qsizetype batchSize = 256;
/// Who scrolls through millions of rows asks for more than is ever read.
constexpr qsizetype mostWanted = 1024;

} // namespace

SummaryFetcher::SummaryFetcher(QObject* parent)
    : QObject(parent)
    , m_known(remembered)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &SummaryFetcher::fetch);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &SummaryFetcher::take);
}

SummaryFetcher::~SummaryFetcher()
{
    m_watcher.cancel();
}

void SummaryFetcher::setCapture(std::shared_ptr<Capture> capture)
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_soon.stop();
    m_capture = std::move(capture);
    m_known.clear();
    m_wanted.clear();
    m_asked.clear();
}

const MessageSummary* SummaryFetcher::summary(int row, qsizetype captureRow)
{
    if (const MessageSummary* const known = m_known.object(captureRow)) {
        return known;
    }
    const MessageRecord record = m_capture->message(captureRow);
    if (record.kind != RecordKind::Message) { // its text is in memory
        m_known.insert(captureRow, new MessageSummary(summarize(*m_capture, record)));
        return m_known.object(captureRow);
    }
    if (!m_asked.contains(captureRow)) {
        if (m_wanted.size() == mostWanted) {
            m_asked.remove(m_wanted.takeFirst().captureRow);
        }
        m_asked.insert(captureRow);
        m_wanted.append({ captureRow, row, {} });
        if (!m_watcher.isRunning()) {
            m_soon.start();
        }
    }
    return nullptr;
}

void SummaryFetcher::fetch()
{
    if (m_wanted.isEmpty() || m_watcher.isRunning()) {
        return;
    }
    const qsizetype first = qMax<qsizetype>(0, m_wanted.size() - batchSize);
    QList<Fetched> batch = m_wanted.mid(first);
    m_wanted.resize(first);
    const auto promise = std::make_shared<QPromise<QList<Fetched>>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture = m_capture, batch = std::move(batch)]() mutable {
        for (Fetched& each : batch) {
            if (promise->isCanceled()) {
                break;
            }
            each.summary = summarize(*capture, capture->message(each.captureRow));
        }
        promise->addResult(std::move(batch));
        promise->finish();
    });
}

void SummaryFetcher::take()
{
    QFuture<QList<Fetched>> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const QList<Fetched> batch = future.takeResult();
    for (const Fetched& each : batch) {
        m_asked.remove(each.captureRow);
        m_known.insert(each.captureRow, new MessageSummary(each.summary));
    }
    Q_EMIT fetched(batch);
    if (!m_wanted.isEmpty()) {
        m_soon.start();
    }
}

} // namespace sockeye
