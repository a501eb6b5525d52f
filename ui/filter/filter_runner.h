// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/capture_scan.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace sockeye {

/// Runs a scan over a capture in background threads, a piece at a time: the first one ends soon, so that there is
/// something to see, and rows that come later are looked at as they do.
class FilterRunner : public QObject {
    Q_OBJECT
public:
    explicit FilterRunner(QObject* parent = nullptr);
    ~FilterRunner() override; ///< does not wait for what is under way

    /// Gives up what is under way, and begins anew with that scan; null: with none. Nobody else uses it from then on.
    void begin(std::shared_ptr<CaptureScan> scan);
    /// Looks at the rows before `end`, unless a piece is under way: then whoever is told of that asks again.
    void lookAt(qsizetype end);
    /// No more rows are looked at until begin(). Those found so far stay.
    void stop();

    [[nodiscard]] bool hasScan() const { return m_scan != nullptr; }
    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    [[nodiscard]] qsizetype looked() const { return m_looked; }
    [[nodiscard]] qsizetype lacking() const { return m_lacking; } ///< of those: rows that lack a field asked for

Q_SIGNALS:
    /// A piece is done: looked() has changed.
    void found(const std::vector<quint32>& rows);

private:
    void take();

    std::shared_ptr<CaptureScan> m_scan;
    QFutureWatcher<CaptureScan::Found> m_watcher;
    qsizetype m_looked = 0;
    qsizetype m_lacking = 0;
    bool m_isRunning = false;
    bool m_isStopped = false;
};

} // namespace sockeye
