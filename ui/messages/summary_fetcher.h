// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/messages/message_summary.h"

#include <QCache>
#include <QFutureWatcher>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace sockeye {

/// What the messages table says of each message, read from the capture in a background thread: whoever paints does not
/// wait for the disk. Remembers what was read lately.
class SummaryFetcher : public QObject {
    Q_OBJECT
public:
    struct Fetched {
        qsizetype captureRow = 0;
        int row = 0; ///< of the table, when it was asked for
        MessageSummary summary;
    };

    explicit SummaryFetcher(QObject* parent = nullptr);
    ~SummaryFetcher() override; ///< does not wait for what is under way

    void setCapture(std::shared_ptr<Capture> capture); ///< forgets all of the one before; null: of none
    /// Null if it is not known: then it is fetched, together with what else is asked for in this turn. `row` is the
    /// table's. Valid until the next call of any member.
    [[nodiscard]] const MessageSummary* summary(int row, qsizetype captureRow);

Q_SIGNALS:
    /// That much is known now, of several rows at a time.
    void fetched(const QList<sockeye::SummaryFetcher::Fetched>& rows);

private:
    void fetch();
    void take();

    std::shared_ptr<Capture> m_capture;
    QCache<qsizetype, MessageSummary> m_known; ///< by capture row
    QList<Fetched> m_wanted; ///< without summaries; the last are painted now, the first may be out of sight
    QSet<qsizetype> m_asked; ///< capture rows wanted or under way
    QFutureWatcher<QList<Fetched>> m_watcher;
    QTimer m_soon; ///< gathers what one painting asks for
};

} // namespace sockeye
