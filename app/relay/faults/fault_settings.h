// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace sockeye {

/// Which way a fault looks: Upstream is from the client to the target, Downstream what comes back.
enum class FaultStream : quint8 { Downstream, Upstream, Both };

/// One fault as somebody asks for it: a value. Which kinds there are, and what their numbers mean, says faultKinds().
struct FaultSettings {
    QString name; ///< tells it from the others of a relay; empty: the relay makes one ("latency_downstream")
    QString kind; ///< "latency"; an id of faultKinds()
    FaultStream stream = FaultStream::Downstream;
    double toxicity = 1; ///< 0 to 1: how likely a connection is struck at all; drawn once a connection and direction
    QString where; ///< a filter: only messages that match, and toxicity is drawn for each of those; empty: all bytes
    QJsonObject attributes; ///< its numbers by key: { "latency": 300 }; what is missing is as the kind says
    bool enabled = true; ///< false: stays in the list and does nothing

    friend bool operator==(const FaultSettings&, const FaultSettings&) = default;
};

using FaultList = QList<FaultSettings>; ///< in order: each feeds the next

} // namespace sockeye
