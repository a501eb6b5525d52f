// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/marks/mark_book.h"
#include "ui/filter/filter_runner.h"
#include "ui/messages/error_counter.h"
#include "ui/messages/latency_fetcher.h"
#include "ui/messages/message_order.h"
#include "ui/messages/message_summary.h"
#include "ui/messages/summary_fetcher.h"
#include "ui/models/message_ref.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QFutureWatcher>

#include <memory>

namespace sockeye {

/// The messages of a capture as a table: append only, read from the capture on the shared ticker.
///
/// Rows are "table rows" here and "capture rows" there. Unfiltered and unsorted both are the same and cost no memory.
/// Filtering and sorting happen in a worker thread; until they are done the table stays as it was, but what a filter of
/// fields finds is shown as it is found. Kinds and summaries are read in one, too: until then their cells are empty.
/// New messages join at the end of an unsorted table; a sorted one stays as it is (nobody's line of text moves) and
/// counts them as waiting.
class MessagesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit MessagesModel(QObject* parent = nullptr);
    ~MessagesModel() override;

    void setCapture(std::shared_ptr<Capture> capture); ///< null: an empty table
    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }

    /// Shows other rows, or in another order, as soon as they are found. Ends in a reset of the model.
    void arrange(const MessageArrangement& arrangement);
    [[nodiscard]] const MessageArrangement& arrangement() const { return m_wanted; } ///< as asked for last
    [[nodiscard]] bool isBusy() const { return m_busy; } ///< filtering or sorting
    /// Of a filter of fields: how much of the capture was looked at, in percent.
    [[nodiscard]] int percentDone() const;
    /// No more rows are looked at for the filter of fields; those found so far stay, until arrange().
    void stopFiltering();
    [[nodiscard]] bool isStopped() const { return m_filter.isStopped(); }
    /// Of the rows that were looked at and do not match: those that lack a field of the filter.
    [[nodiscard]] qsizetype lacking() const { return m_filter.lacking(); }
    [[nodiscard]] qsizetype looked() const { return m_filter.looked(); } ///< for the filter of fields

    /// New messages that a sorted table does not show yet.
    [[nodiscard]] qsizetype waiting() const { return m_waiting; }
    void takeWaiting(); ///< sorts them in

    [[nodiscard]] qsizetype errors() const { return m_errors.errors(); } ///< in the whole capture
    /// Whether the capture holds more rows than a table view can show (filtering still finds the others).
    [[nodiscard]] bool isCut() const { return m_cut; }

    [[nodiscard]] qsizetype captureRow(int row) const;
    [[nodiscard]] int rowOf(qsizetype captureRow) const; ///< -1 where the table does not show it
    [[nodiscard]] MessageRecord record(int row) const;
    [[nodiscard]] MessageRef ref(int row) const; ///< an empty one for a row that is not there
    [[nodiscard]] std::optional<qint64> latency(int row) const; ///< of a reply, as far as it is known
    /// The rows shown as they are now, for other threads; null where table rows are capture rows. Costs next to
    /// nothing.
    [[nodiscard]] std::shared_ptr<const MessageRows> rowsSnapshot() const;

    /// Takes what is new in the capture; the ticker calls it.
    void takeNew();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void busyChanged();
    void countsChanged(); ///< rows, errors(), waiting() or isCut()

private:
    void giveUp();
    void arranged();
    void filtered(const std::vector<quint32>& rows);
    void appendRows(const std::vector<quint32>& rows);
    void appendNatural(qsizetype count);
    void appendAccepted(qsizetype count);
    void showLatencies();
    void showMarks();
    void showRules();
    [[nodiscard]] std::optional<MessageMark> mark(const MessageRecord& record) const;
    void showFetched(const QList<SummaryFetcher::Fetched>& rows);
    [[nodiscard]] const MessageSummary* summary(int row) const;
    [[nodiscard]] QString text(int row, MessageColumn column) const;
    [[nodiscard]] QString toolTip(int row, MessageColumn column) const;

    std::shared_ptr<Capture> m_capture;
    MessageArrangement m_wanted;
    MessageArrangement m_shown;
    MessageRows m_rows; ///< capture rows shown; not used while m_shown is natural
    int m_count = 0; ///< rows shown
    qsizetype m_scanned = 0; ///< capture rows that were considered for m_rows
    qsizetype m_waiting = 0;
    bool m_cut = false;
    ErrorCounter m_errors;
    QFutureWatcher<MessageRows> m_watcher;
    std::shared_ptr<CaptureScan> m_scan; ///< that the search under way uses
    FilterRunner m_filter; ///< of m_wanted, where that has a filter of fields
    bool m_showsWanted = true; ///< false until there is a first result of m_wanted
    bool m_busy = false; ///< longer than the watcher is: until the result is shown
    qsizetype m_asked = 0; ///< capture rows that the search under way considers
    quint64 m_marksShown = 0; ///< MarkBook::revision()
    QElapsedTimer m_strikesAsked; ///< since a filter that asks for them was applied anew
    quint64 m_rulesShown = 0; ///< RuleHits::size(), and the strikes of faults
    SummaryFetcher* m_summaries;
    LatencyFetcher* m_latencies;
};

} // namespace sockeye
