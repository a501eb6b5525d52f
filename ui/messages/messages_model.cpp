// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/messages_model.h"

#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "app/threads/background_threads.h"
#include "ui/models/ticker.h"
#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

// Qt's table view counts pixels in an int: with rows of up to 40 pixels it goes blank past 53 million.
constexpr qsizetype maxRows = 50'000'000;
// Considered for the filter in one tick: about a millisecond.
constexpr qsizetype rowsPerSlice = 50'000;

} // namespace

MessagesModel::MessagesModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_summaries(new SummaryFetcher(this))
    , m_latencies(new LatencyFetcher(this))
{
    connect(&m_watcher, &QFutureWatcher<MessageRows>::finished, this, &MessagesModel::arranged);
    connect(&m_filter, &FilterRunner::found, this, &MessagesModel::filtered);
    connect(m_summaries, &SummaryFetcher::fetched, this, &MessagesModel::showFetched);
    connect(m_latencies, &LatencyFetcher::fetched, this, &MessagesModel::showLatencies);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (m_count > 0) {
            Q_EMIT dataChanged(
                index(0, 0), index(m_count - 1, messageColumnCount - 1), { Qt::ForegroundRole, Qt::BackgroundRole });
        }
    });
}

MessagesModel::~MessagesModel()
{
    m_watcher.cancel();
}

void MessagesModel::setCapture(std::shared_ptr<Capture> capture)
{
    giveUp();
    disconnect(&Ticker::instance(), nullptr, this, nullptr);
    beginResetModel();
    m_capture = std::move(capture);
    m_shown = {};
    m_rows = {};
    m_count = 0;
    m_scanned = 0;
    m_waiting = 0;
    m_cut = false;
    m_errors.reset();
    m_rulesShown = 0;
    m_marksShown = m_capture ? m_capture->marks().revision() : 0;
    m_summaries->setCapture(m_capture);
    m_latencies->setCapture(m_capture);
    endResetModel();
    if (m_capture) {
        connect(&Ticker::instance(), &Ticker::tick, this, &MessagesModel::takeNew);
        if (!m_wanted.isNatural()) {
            arrange(MessageArrangement(m_wanted));
        }
        takeNew();
    }
    Q_EMIT busyChanged();
    Q_EMIT countsChanged();
}

void MessagesModel::arrange(const MessageArrangement& arrangement)
{
    m_wanted = arrangement;
    giveUp();
    if (!m_capture || arrangement.isNatural()) {
        beginResetModel();
        m_showsWanted = true;
        m_shown = arrangement;
        m_rows = {};
        m_count = 0;
        m_waiting = 0;
        if (m_capture) {
            m_scanned = m_capture->messageCount();
            m_count = static_cast<int>(std::min(m_scanned, maxRows));
            m_cut = m_scanned > maxRows;
        }
        endResetModel();
        Q_EMIT busyChanged();
        Q_EMIT countsChanged();
        return;
    }
    m_busy = true;
    m_showsWanted = false;
    m_asked = m_capture->messageCount();
    m_scan = arrangement.filter.newScan(m_capture);
    if (m_scan && !arrangement.sorted && m_asked > 0) {
        m_filter.begin(std::exchange(m_scan, nullptr));
        m_filter.lookAt(m_asked);
        Q_EMIT busyChanged();
        return;
    }
    const auto promise = std::make_shared<QPromise<MessageRows>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    backgroundThreads().start([promise, capture = m_capture, arrangement, scan = m_scan, count = m_asked] {
        promise->addResult(arrangedRows(*capture, arrangement, count, scan.get(), *promise));
        promise->finish();
    });
    Q_EMIT busyChanged();
}

void MessagesModel::giveUp()
{
    m_watcher.cancel();
    m_watcher.setFuture({});
    m_scan.reset();
    m_filter.begin(nullptr);
    m_busy = false;
}

int MessagesModel::percentDone() const
{
    const qsizetype all = m_capture ? m_capture->messageCount() : 0;
    return m_watcher.isRunning() ? m_watcher.progressValue()
        : all == 0               ? 100
                                 : static_cast<int>(m_filter.looked() * 100 / all);
}

void MessagesModel::stopFiltering()
{
    if (m_watcher.isRunning()) { // to be sorted: there is nothing yet
        const MessageArrangement shown = m_shown;
        giveUp();
        m_wanted = shown;
        m_showsWanted = true;
    }
    m_filter.stop();
    m_busy = false;
    Q_EMIT busyChanged();
    Q_EMIT countsChanged();
}

/// Shows what a piece of the search has found.
void MessagesModel::filtered(const std::vector<quint32>& rows)
{
    if (m_shown.sorted && m_showsWanted) {
        m_waiting += static_cast<qsizetype>(rows.size());
        m_scanned = m_filter.looked();
    } else if (m_showsWanted) {
        m_scanned = m_filter.looked();
        appendRows(rows);
    } else {
        beginResetModel();
        m_shown = m_wanted;
        m_showsWanted = true;
        m_rows = {};
        m_count = 0;
        m_cut = false;
        m_waiting = 0;
        for (const quint32 row : rows) {
            m_rows.append(row);
        }
        m_count = static_cast<int>(m_rows.size());
        m_scanned = m_filter.looked();
        endResetModel();
    }
    const bool wasBusy = m_busy;
    m_busy = m_busy && !m_filter.isStopped() && m_filter.looked() < m_asked;
    m_filter.lookAt(m_capture->messageCount());
    if (wasBusy && !m_busy) {
        Q_EMIT busyChanged();
    }
    Q_EMIT countsChanged();
}

void MessagesModel::arranged()
{
    QFuture<MessageRows> future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0) {
        return;
    }
    beginResetModel();
    m_shown = m_wanted;
    m_showsWanted = true;
    m_rows = future.takeResult();
    m_cut = m_rows.size() > maxRows;
    m_rows.truncate(maxRows);
    m_count = static_cast<int>(m_rows.size());
    m_scanned = m_asked;
    m_waiting = 0;
    const std::shared_ptr<CaptureScan> scan = m_scan;
    giveUp();
    m_filter.begin(scan); // goes on with what comes
    endResetModel();
    takeNew();
    Q_EMIT busyChanged();
    Q_EMIT countsChanged();
}

void MessagesModel::takeWaiting()
{
    if (m_waiting > 0 && !isBusy()) {
        arrange(MessageArrangement(m_wanted));
    }
}

void MessagesModel::takeNew()
{
    if (!m_capture) {
        return;
    }
    showMarks();
    showRules();
    const int countBefore = m_count;
    const qsizetype waitingBefore = m_waiting;
    const qsizetype available = m_capture->messageCount();
    if (available > m_scanned) {
        if (m_shown.isNatural()) {
            appendNatural(available);
        } else if (m_shown.filter.where.isEmpty()) {
            appendAccepted(std::min(available, m_scanned + rowsPerSlice));
        } else if (m_showsWanted) {
            m_filter.lookAt(available);
        }
    }
    const bool errorsChanged = m_errors.advance(*m_capture);
    const bool isLeftAlone = m_filter.isStopped() && available > m_scanned; // the share that was looked at goes down
    if (errorsChanged || isLeftAlone || m_count != countBefore || m_waiting != waitingBefore) {
        Q_EMIT countsChanged();
    }
}

void MessagesModel::appendNatural(qsizetype count)
{
    m_scanned = count;
    m_cut = count > maxRows;
    const int last = static_cast<int>(std::min(count, maxRows)) - 1;
    if (last >= m_count) {
        beginInsertRows({}, m_count, last);
        m_count = last + 1;
        endInsertRows();
    }
}

void MessagesModel::appendAccepted(qsizetype count)
{
    std::vector<quint32> rows;
    for (; m_scanned < count; ++m_scanned) {
        if (!m_shown.filter.accepts(m_capture->message(m_scanned))) {
            continue;
        }
        if (m_shown.sorted) {
            ++m_waiting;
        } else {
            rows.push_back(static_cast<quint32>(m_scanned));
        }
    }
    appendRows(rows);
}

void MessagesModel::appendRows(const std::vector<quint32>& rows)
{
    const auto room = static_cast<std::size_t>(maxRows - m_count);
    const std::size_t count = std::min(rows.size(), room);
    m_cut |= count < rows.size();
    if (count > 0) {
        beginInsertRows({}, m_count, m_count + static_cast<int>(count) - 1);
        for (std::size_t i = 0; i < count; ++i) {
            m_rows.append(rows[i]);
        }
        m_count = static_cast<int>(m_rows.size());
        endInsertRows();
    }
}

qsizetype MessagesModel::captureRow(int row) const
{
    if (row < 0 || row >= m_count) {
        return -1;
    }
    return m_shown.isNatural() ? row : static_cast<qsizetype>(m_rows[row]);
}

int MessagesModel::rowOf(qsizetype captureRow) const
{
    if (captureRow < 0) {
        return -1;
    }
    if (m_shown.isNatural()) {
        return captureRow < m_count ? static_cast<int>(captureRow) : -1;
    }
    return static_cast<int>(m_rows.indexOf(static_cast<quint32>(captureRow), !m_shown.sorted));
}

MessageRecord MessagesModel::record(int row) const
{
    const qsizetype found = captureRow(row);
    return found >= 0 ? m_capture->message(found) : MessageRecord();
}

MessageRef MessagesModel::ref(int row) const
{
    const qsizetype found = captureRow(row);
    return found >= 0 ? MessageRef { m_capture, found, m_capture->message(found) } : MessageRef();
}

/// Null until it was read.
const MessageSummary* MessagesModel::summary(int row) const
{
    const qsizetype found = captureRow(row);
    return found >= 0 ? m_summaries->summary(row, found) : nullptr;
}

void MessagesModel::showFetched(const QList<SummaryFetcher::Fetched>& rows)
{
    int first = m_count;
    int last = -1;
    for (const SummaryFetcher::Fetched& each : rows) {
        if (captureRow(each.row) == each.captureRow) { // else the table shows others by now
            first = std::min(first, each.row);
            last = std::max(last, each.row);
        }
    }
    if (first <= last) {
        Q_EMIT dataChanged(index(first, static_cast<int>(MessageColumn::Kind)),
            index(last, static_cast<int>(MessageColumn::Summary)), { Qt::DisplayRole, Qt::ToolTipRole });
    }
}

/// Those that were set or changed meanwhile, by whomever.
void MessagesModel::showMarks()
{
    const quint64 revision = m_capture->marks().revision();
    if (revision == m_marksShown) {
        return;
    }
    m_marksShown = revision;
    if (asksForMarks(m_wanted.filter.where)) {
        arrange(MessageArrangement(m_wanted));
    } else if (m_count > 0) {
        Q_EMIT dataChanged(index(0, 0), index(m_count - 1, messageColumnCount - 1));
    }
}

/// Those of messages that were judged meanwhile, and what struck them.
void MessagesModel::showRules()
{
    const quint64 hits = m_capture->ruleHits().size() + m_capture->strikes().strikes();
    if (hits != m_rulesShown && asksForStrikes(m_wanted.filter.where)) {
        constexpr qint64 pause = 1'000; // ms: each time all rows are looked at again
        if (!isBusy() && (!m_strikesAsked.isValid() || m_strikesAsked.hasExpired(pause))) {
            m_strikesAsked.start();
            m_rulesShown = hits;
            arrange(MessageArrangement(m_wanted));
        }
        return;
    }
    if (std::exchange(m_rulesShown, hits) != hits && m_count > 0) {
        constexpr int first = static_cast<int>(MessageColumn::Rule);
        constexpr int last = static_cast<int>(MessageColumn::Fault);
        static_assert(last == first + 1);
        Q_EMIT dataChanged(index(0, first), index(m_count - 1, last), { Qt::DisplayRole });
        Q_EMIT countsChanged();
    }
}

void MessagesModel::showLatencies()
{
    if (m_count > 0) {
        constexpr int column = static_cast<int>(MessageColumn::Latency);
        Q_EMIT dataChanged(index(0, column), index(m_count - 1, column), { Qt::DisplayRole });
    }
}

std::optional<qint64> MessagesModel::latency(int row) const
{
    const qsizetype found = captureRow(row);
    return found >= 0 ? m_latencies->latency(found) : std::nullopt;
}

std::shared_ptr<const MessageRows> MessagesModel::rowsSnapshot() const
{
    return m_shown.isNatural() ? nullptr : std::make_shared<const MessageRows>(m_rows);
}

int MessagesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int MessagesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : messageColumnCount;
}

} // namespace sockeye
