// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/reading/records.h"
#include "app/relay/relay_legs.h"

#include <QList>

#include <functional>
#include <optional>

namespace sockeye {

class Capture;

/// Connections and bytes of a relay's recording, added up.
struct RelayTraffic {
    static constexpr qsizetype mostListed = 200;

    /// One conversation, with its target's side where that is known still.
    struct Conversation {
        ConnectionRecord record;
        std::optional<TargetLeg> target;
    };
    qint64 connections = 0;
    qint64 open = 0;
    qint64 reset = 0; ///< of those that are over
    qint64 failed = 0; ///< the same: lost, or their target was not to be had
    qint64 bytesIn = 0; ///< from clients
    qint64 bytesOut = 0; ///< from the target
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    QList<Conversation> listed; ///< the first ones
};

/// Looks at every connection: not for the GUI thread. `target` may be called from that thread, too.
[[nodiscard]] RelayTraffic trafficOf(
    const Capture& capture, const std::function<std::optional<TargetLeg>(quint32 connection)>& target);

} // namespace sockeye
