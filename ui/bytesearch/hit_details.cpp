// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bytesearch/hit_details.h"

#include "app/threads/background_threads.h"

#include <QPromise>
#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {
constexpr qsizetype mostKnown = 2'000; // a few hundred bytes each
constexpr qsizetype mostAtOnce = 64; // so that what is painted now does not wait for what was scrolled past
constexpr qsizetype mostWanted = 1024; // who scrolls through a million asks for more than is ever read
} // namespace

HitDetails::HitDetails(QObject* parent)
    : QObject(parent)
    , m_known(mostKnown)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &HitDetails::fetch);
    connect(&m_watcher, &QFutureWatcher<QList<Fetched>>::finished, this, &HitDetails::take);
}

HitDetails::~HitDetails()
{
    m_watcher.cancel();
}

void HitDetails::clear()
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_known.clear();
    m_wanted.clear();
    m_asked.clear();
}

const ByteHitDetail* HitDetails::detail(
    int row, const std::shared_ptr<const ByteSearch>& search, const StreamPlace& place)
{
    if (const ByteHitDetail* const known = m_known.object(row)) {
        return known;
    }
    if (!m_asked.contains(row)) {
        if (m_wanted.size() == mostWanted) {
            m_asked.remove(m_wanted.takeFirst().row);
        }
        m_asked.insert(row);
        m_wanted.append({ row, search, place, {} });
        if (!m_soon.isActive() && !m_watcher.isRunning()) {
            m_soon.start();
        }
    }
    return nullptr;
}

void HitDetails::fetch()
{
    if (m_wanted.isEmpty()) {
        return;
    }
    // The last ones asked for are on the screen.
    const qsizetype left = std::max<qsizetype>(m_wanted.size() - mostAtOnce, 0);
    QList<Fetched> now = m_wanted.sliced(left);
    for (const Fetched& passed : m_wanted.first(left)) {
        m_asked.remove(passed.row);
    }
    m_wanted.clear();
    const auto promise = std::make_shared<QPromise<QList<Fetched>>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, wanted = std::move(now)]() mutable {
        for (Fetched& each : wanted) {
            if (promise->isCanceled()) {
                break;
            }
            each.detail = detailOf(*each.search->capture(), each.search->needle(), each.place);
        }
        promise->addResult(std::move(wanted));
        promise->finish();
    });
}

void HitDetails::take()
{
    const QFuture<QList<Fetched>> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    const QList<Fetched> rows = future.result();
    int first = rows.constFirst().row;
    int last = first;
    for (const Fetched& each : rows) {
        m_known.insert(each.row, new ByteHitDetail(each.detail));
        m_asked.remove(each.row);
        first = std::min(first, each.row);
        last = std::max(last, each.row);
    }
    if (!m_wanted.isEmpty()) {
        m_soon.start();
    }
    Q_EMIT fetched(first, last);
}

} // namespace sockeye
