// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace sockeye {

/// Has what a page shows read anew by another protocol, in the background. The page goes on showing what it has until
/// ready(). Seen only where that takes a moment: how far it is, and a button that gives it up.
class RereadRow final : public QWidget {
    Q_OBJECT
public:
    explicit RereadRow(QWidget* parent = nullptr);

    /// Begins; what was under way is given up. Where nothing was recorded yet, or it is read so already, ready() comes
    /// before this returns.
    void begin(const std::shared_ptr<Capture>& capture, const ProtocolPtr& protocol, const Limits& limits);
    void begin(const std::shared_ptr<Capture>& capture, const ProtocolPtr& protocol); ///< within the same limits
    void giveUp(); ///< without a signal
    [[nodiscard]] bool isUnderWay() const { return m_next != nullptr; }

Q_SIGNALS:
    void ready(const std::shared_ptr<sockeye::Capture>& capture); ///< to be shown from now on
    void cancelled(); ///< by the user: the page stays as it is

private:
    void look();
    void cancel();

    std::shared_ptr<Capture> m_next; ///< in the making; null: nothing is under way
    QElapsedTimer m_since;
    QLabel* m_text;
    QProgressBar* m_progress;
};

} // namespace sockeye
