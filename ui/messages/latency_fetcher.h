// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/row_latencies.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace sockeye {

/// The latencies that the messages table shows: made in a background thread, from when the first one is asked for.
class LatencyFetcher : public QObject {
    Q_OBJECT
public:
    explicit LatencyFetcher(QObject* parent = nullptr);
    ~LatencyFetcher() override; ///< does not wait for what is under way

    void setCapture(std::shared_ptr<Capture> capture); ///< forgets all of the one before; null: of none
    /// Nothing of a row that is no reply; or of one that is not known yet, which is looked at then.
    [[nodiscard]] std::optional<qint64> latency(qsizetype captureRow);

Q_SIGNALS:
    void fetched(); ///< of rows that were asked for

private:
    struct Kept;
    void look();

    std::shared_ptr<Kept> m_kept; ///< null without a capture
    QFutureWatcher<void> m_watcher;
    qsizetype m_wanted = 0; ///< rows
};

} // namespace sockeye
