// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/place_rows.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace sockeye {

/// Finds the rows of bytes in a background thread. What was asked for last wins.
class RowFinder : public QObject {
    Q_OBJECT
public:
    using Rows = std::vector<qsizetype>;

    explicit RowFinder(QObject* parent = nullptr);
    ~RowFinder() override;

    /// `places` ascend; found() tells a row for each, -1 for none.
    void find(const std::shared_ptr<Capture>& capture, const std::vector<StreamPlace>& places);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void found(const std::vector<qsizetype>& rows);

private:
    QFutureWatcher<Rows> m_watcher;
};

} // namespace sockeye
