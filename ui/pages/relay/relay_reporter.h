// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/file_saver.h"
#include "app/relay/report/relay_report.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace sockeye {

class Capture;

/// Writes the report of a relay to a file, and its capture beside it if that is wanted, in the background.
class RelayReporter final : public QObject {
    Q_OBJECT
public:
    explicit RelayReporter(QObject* parent = nullptr);

    /// `targets`: those that are known, by connection. With `savesCapture` the capture gets the report's name, with a
    /// number where there is such a file. Does nothing while it is busy.
    void save(const QString& file, const RelayReport& report, const std::shared_ptr<Capture>& capture,
        const QHash<quint32, TargetLeg>& targets, bool savesCapture);
    [[nodiscard]] bool isBusy() const { return m_saver.isBusy() || m_savesCapture; }

Q_SIGNALS:
    void saved(const QString& sentence); ///< all of it; which files
    void failed(const QString& sentence);

private:
    void saveCapture();

    FileSaver m_saver;
    std::shared_ptr<Capture> m_capture;
    std::shared_ptr<QString> m_captureFile; ///< found in the background; null: none is wanted
    QString m_file;
    bool m_savesCapture = false; ///< that is what is done now
};

} // namespace sockeye
