// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/ladder/ladder_drawing.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace sockeye {

/// Saves a ladder in a background thread, one at a time.
class LadderSaver final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~LadderSaver() override; ///< cancels, and does not wait

    void save(const LadderDrawing& drawing); ///< does nothing while it is busy
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_run != nullptr; }
    [[nodiscard]] int percent() const;

Q_SIGNALS:
    void busyChanged();
    void saved(const QString& file);
    void failed(const QString& sentence); ///< nothing was written

private:
    struct Run {
        std::atomic_bool isCancelled = false;
        std::atomic_int percent = 0;
    };
    void finish(const QString& file, const LadderDrawn& drawn);

    std::shared_ptr<Run> m_run; ///< null: none
};

} // namespace sockeye
