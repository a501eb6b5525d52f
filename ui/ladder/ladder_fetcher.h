// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/ladder/ladder_reader.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

using LadderPicturePtr = std::shared_ptr<const LadderPicture>;

/// Makes parts of a ladder in a background thread, one at a time: of those asked for meanwhile the last one wins.
class LadderFetcher final : public QObject {
    Q_OBJECT
public:
    explicit LadderFetcher(QObject* parent = nullptr);
    ~LadderFetcher() override; ///< does not wait for what is under way

    /// Forgets what was asked for. Null: of nothing. `connection` 0: all of the capture.
    void setConnection(const std::shared_ptr<Capture>& capture, quint32 connection);
    void ask(const LadderRequest& request);
    [[nodiscard]] bool isBusy() const { return m_watcher.isRunning(); }

Q_SIGNALS:
    void ready(const sockeye::LadderPicturePtr& picture); ///< not of what is unchanged

private:
    void begin(const LadderRequest& request);
    void take();

    std::shared_ptr<LadderReader> m_reader;
    QFutureWatcher<LadderPicturePtr> m_watcher;
    std::optional<LadderRequest> m_next;
};

} // namespace sockeye
