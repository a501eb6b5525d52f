// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/faults/fault_kinds.h"
#include "app/relay/faults/shared_line.h"
#include "app/relay/hold/hold_desk.h"
#include "protocol/filter/filter.h"
#include "protocol/protocols/registry.h"
#include "protocol/rules/rule_set.h"

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye {

/// One fault in force.
struct PlannedFault {
    FaultSettings settings;
    const FaultKind* kind = nullptr;
    filter::Filter where; ///< compiled
    std::shared_ptr<std::atomic<qint64>> strikes; ///< goes on as long as the fault keeps its name, also once it is back
    std::shared_ptr<SharedLine> line; ///< that its connections may share; as long as it stays as it is
};

/// One that was in force since the relay was started, and is not any more.
struct GoneFault {
    FaultSettings settings; ///< as they were last
    std::shared_ptr<std::atomic<qint64>> strikes;
};

/// The hold in force. It comes before the faults.
struct PlannedHold {
    HoldSettings settings;
    filter::Filter where; ///< compiled
    std::shared_ptr<HoldDesk> desk; ///< never null in a relay
};

/// The faults of a relay as they are in force, and its hold: immutable once it is handed out, shared by all threads.
struct FaultPlan {
    std::vector<PlannedFault> faults;
    FaultList settings; ///< the same ones, each with its name; those that are switched off, too
    quint64 seed = 0;
    Transport transport = Transport::Tcp;
    ProtocolPtr protocol = defaultProtocol(); ///< what is a message
    PlannedHold hold;
    std::shared_ptr<const RuleSource> rules; ///< before all faults; null: none
    std::vector<GoneFault> gone; ///< the last one went last; of very many the latest

    /// Takes them as its own, names those that have none, and goes on counting what `before` has counted. A sentence
    /// about the first that cannot be, or an empty text.
    [[nodiscard]] QString take(const FaultList& list, const FaultPlan& before);
    /// A sentence about the filter if it cannot be, or an empty text.
    [[nodiscard]] QString take(const HoldSettings& settings);
    [[nodiscard]] bool isEmpty() const ///< everything passes as it came
    {
        return faults.empty() && !hold.settings.on && !rules;
    }
    /// One with no faults, and all else as it is here.
    [[nodiscard]] FaultPlan emptied() const { return { {}, {}, seed, transport, protocol, hold, rules, {} }; }
    [[nodiscard]] qint64 strikes(const QString& name) const; ///< of one that is gone, too
    /// The first that is switched on, of a kind that is no stage ("connect", "down"); null if there is none.
    [[nodiscard]] const PlannedFault* find(QStringView kind) const;
};

using FaultPlanPtr = std::shared_ptr<const FaultPlan>;

} // namespace sockeye
