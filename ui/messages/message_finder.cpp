// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_finder.h"

#include "app/filtering/capture_scan.h"
#include "app/threads/background_threads.h"
#include "ui/messages/message_summary.h"

#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 pieceSize = 256 * 1024;
constexpr qsizetype rowsBetweenReports = 512;

bool containsBytes(
    const Capture& capture, const MessageRecord& record, const QByteArray& bytes, const QPromise<qsizetype>& promise)
{
    // Pieces overlap by one byte less than what is looked for, so that no match is cut in two.
    const qint64 overlap = bytes.size() - 1;
    for (qint64 at = 0; at + overlap < record.size && !promise.isCanceled(); at += pieceSize) {
        const qint64 size = std::min(pieceSize + overlap, record.size - at);
        if (capture.read(record.connection, record.direction, record.offset + at, size).contains(bytes)) {
            return true;
        }
    }
    return false;
}

bool matches(const FindRequest& request, const MessageRecord& record, const QPromise<qsizetype>& promise)
{
    if (!request.text.isEmpty()) {
        return summarize(*request.capture, record).text.contains(request.text, Qt::CaseInsensitive);
    }
    return !request.bytes.isEmpty() && containsBytes(*request.capture, record, request.bytes, promise);
}

/// Asks `isIt` of capture rows, in the order of the table; the first one that is it, or -1.
template <typename IsIt> qsizetype walk(const FindRequest& request, QPromise<qsizetype>& promise, IsIt&& isIt)
{
    for (qsizetype step = 0; step < request.count && !promise.isCanceled(); ++step) {
        if (step % rowsBetweenReports == 0) {
            promise.setProgressValue(static_cast<int>(step * 100 / request.count));
        }
        const qsizetype distance = request.backwards ? request.count - step : step;
        const qsizetype row = (request.start + distance) % request.count;
        const qsizetype captureRow = request.rows ? static_cast<qsizetype>((*request.rows)[row]) : row;
        if (isIt(captureRow)) {
            return captureRow;
        }
    }
    return -1;
}

/// How long messages took is known to who has seen all of them in order: then all that match are found first.
qsizetype searchByTimes(const FindRequest& request, QPromise<qsizetype>& promise)
{
    CaptureScan scan(request.capture, request.where, request.selected, {});
    const CaptureScan::Found found =
        scan.scan(request.capture->messageCount(), [&promise] { return promise.isCanceled(); });
    return walk(request, promise, [&found](qsizetype row) {
        return std::binary_search(found.rows.cbegin(), found.rows.cend(), static_cast<quint32>(row));
    });
}

/// The capture row of the first match, or -1.
qsizetype search(const FindRequest& request, QPromise<qsizetype>& promise)
{
    if (!request.text.isEmpty() || !request.bytes.isEmpty() || request.where.isEmpty()) {
        return walk(
            request, promise, [&](qsizetype row) { return matches(request, request.capture->message(row), promise); });
    }
    if (asksForTimes(request.where)) {
        return searchByTimes(request, promise);
    }
    CaptureMatcher matcher(request.capture, request.where, request.selected);
    return walk(request, promise, [&matcher](qsizetype row) { return matcher.matches(row); });
}

} // namespace

MessageFinder::MessageFinder(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, this, &MessageFinder::progress);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        const QFuture<qsizetype> future = m_watcher.future();
        if (future.isCanceled() || future.resultCount() == 0) {
            return;
        }
        const qsizetype row = future.result();
        if (row >= 0) {
            Q_EMIT found(row);
        } else {
            Q_EMIT notFound();
        }
    });
}

MessageFinder::~MessageFinder()
{
    m_watcher.cancel();
}

void MessageFinder::find(const FindRequest& request)
{
    m_watcher.cancel();
    const auto promise = std::make_shared<QPromise<qsizetype>>();
    promise->setProgressRange(0, 100);
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, request] {
        promise->addResult(request.capture ? search(request, *promise) : -1);
        promise->finish();
    });
}

void MessageFinder::cancel()
{
    m_watcher.cancel();
}

} // namespace sockeye
