// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/lanes/lanes_reader.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

using LanesPicturePtr = std::shared_ptr<const LanesPicture>;

/// Makes pictures of lanes in a background thread, one at a time: of those asked for meanwhile the last one wins.
class LanesFetcher final : public QObject {
    Q_OBJECT
public:
    explicit LanesFetcher(QObject* parent = nullptr);
    ~LanesFetcher() override; ///< does not wait for what is under way

    /// Forgets what was asked for. Null: of nothing. `connection` 0: the first that has messages.
    void setConnection(const std::shared_ptr<Capture>& capture, quint32 connection);
    void ask(const LanesRequest& request);
    [[nodiscard]] bool isBusy() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void ready(const sockeye::LanesPicturePtr& picture);

private:
    void begin(const LanesRequest& request);
    void take();

    std::shared_ptr<LanesReader> m_reader;
    QFutureWatcher<LanesPicturePtr> m_watcher;
    std::optional<LanesRequest> m_next;
};

} // namespace sockeye
