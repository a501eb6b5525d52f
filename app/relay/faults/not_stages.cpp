// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes wrong before bytes can pass: see ConnectFault, and RelayRun for the listener.

#include "app/relay/faults/fault_rows.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

namespace {

constexpr std::array connectKeys {
    FaultKey { QLatin1StringView("refuse"), FaultKey::Unit::Flag, 0, 0, 1 },
    FaultKey { QLatin1StringView("delay"), FaultKey::Unit::Milliseconds, 0, 0, 3'600'000 },
    FaultKey { QLatin1StringView("blackhole"), FaultKey::Unit::Flag, 0, 0, 1 },
};

} // namespace

FaultKind connectFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("connect");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "The target is connected to later, or never (blackhole), or counts as one that refuses.");
    };
    kind.keys = connectKeys;
    kind.takesWhere = false;
    return kind;
}

FaultKind downFault()
{
    FaultKind kind;
    kind.id = QLatin1StringView("down");
    kind.sentence = [] {
        return QCoreApplication::translate("sockeye::FaultKinds",
            "Nobody listens any more, and what is open is closed. Taken away, the relay listens again.");
    };
    kind.takesWhere = false;
    return kind;
}

} // namespace sockeye
