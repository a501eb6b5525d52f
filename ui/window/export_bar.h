// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/export.h"

#include <QFrame>
#include <QFutureWatcher>

class QLabel;
class QProgressBar;
class QThreadPool;

namespace sockeye {

/// One export under way: a line at the top of the window with how far it is and a button that ends it. The work is done
/// in threads of its own; destroying the line cancels it.
class ExportBar : public QFrame {
    Q_OBJECT
public:
    explicit ExportBar(const ExportRequest& request, QWidget* parent = nullptr);
    ~ExportBar() override;

    /// Where exports run. Not in Qt's pool: what lasts long there holds up whoever paints, because Qt 6.4 lets that
    /// pool fill large areas and waits for it.
    [[nodiscard]] static QThreadPool& threads();

Q_SIGNALS:
    void finished(const sockeye::ExportResult& result);

private:
    void showProgress();

    std::shared_ptr<ExportControl> m_control;
    QFutureWatcher<ExportResult> m_watcher;
    QLabel* m_text = nullptr;
    QProgressBar* m_progress = nullptr;
};

} // namespace sockeye
