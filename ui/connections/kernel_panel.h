// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/capture.h"
#include "app/system/kernel_watch.h"

#include <QBasicTimer>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace sockeye {

class KernelPlot;

/// The kernel's side of one connection: its queues, round trip and window as figures and over time. Looks four times a
/// second while it is seen.
class KernelPanel final : public QWidget {
    Q_OBJECT
public:
    explicit KernelPanel(QWidget* parent = nullptr);

    void setCapture(std::shared_ptr<Capture> capture); ///< forgets what it showed
    void showReading(std::shared_ptr<Capture> capture); ///< another one of the same recording
    void follow(quint32 connection); ///< which one; 0: the one that was opened last
    /// Offers to send a great deal at once, by floodWanted(). Off at first.
    void setFloodOffered(bool offered);
    void setFloodEnabled(bool enabled);

    [[nodiscard]] const std::array<KernelPlot*, 4>& plots() const { return m_plots; } ///< Recv-Q, Send-Q, RTT, window
    [[nodiscard]] QString factsText() const; ///< what stands above the plots

Q_SIGNALS:
    void floodWanted();
    void sampled(const QList<sockeye::KernelSample>& samples);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void look();
    void take(const QList<KernelSample>& samples);
    void add(const KernelFacts& facts, qint64 time);
    void say(const QString& facts, const QString& meaning);
    [[nodiscard]] quint32 chosen();

    KernelWatch* m_watch;
    QLabel* m_facts;
    QLabel* m_meaning;
    QPushButton* m_flood;
    std::array<KernelPlot*, 4> m_plots {};
    std::shared_ptr<Capture> m_capture;
    quint64 m_revision = 0;
    quint32 m_newest = 0;
    quint32 m_wanted = 0; ///< 0: the newest
    quint32 m_shown = 0; ///< whose figures the plots hold
    QBasicTimer m_timer;
};

} // namespace sockeye
