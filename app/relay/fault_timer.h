// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_stage.h"

#include <QBasicTimer>

#include <optional>

class QTimerEvent;

namespace sockeye {

/// Wakes a group or a host when the first of its faults is due, by its timerEvent(). Lives in its thread.
class FaultTimer {
public:
    [[nodiscard]] static FaultTime now();

    /// Some fault wants to be woken then; nothing: none does.
    void wakeAt(std::optional<FaultTime> due, QObject* owner);
    /// Whether that event is ours; then nobody is waited for any more.
    [[nodiscard]] bool takes(const QTimerEvent* event);
    void stop();

private:
    QBasicTimer m_timer;
    std::optional<FaultTime> m_due;
};

} // namespace sockeye
