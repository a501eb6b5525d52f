// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>

namespace sockeye {

/// What came of writing a file.
struct SaveResult {
    Failure failure; ///< of the disk
    QString refusal; ///< a sentence: it cannot be, and what to do
    bool isCancelled = false;
};

/// Asked now and then, with the part that is done (0 to 1). False: it is to end, and to leave nothing.
using SaveProgress = std::function<bool(double)>;

/// Writes these bytes, as a whole or not at all.
[[nodiscard]] SaveResult writeWhole(const QString& file, const QByteArray& bytes);

/// Writes a file in a background thread, one at a time.
class FileSaver final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~FileSaver() override; ///< cancels, and does not wait

    /// Does nothing while it is busy. `work` writes `file`, in another thread, and may outlive this object.
    void save(const QString& file, std::function<SaveResult(const SaveProgress&)> work);
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
    void finish(const QString& file, const SaveResult& result);

    std::shared_ptr<Run> m_run; ///< null: none
};

} // namespace sockeye
