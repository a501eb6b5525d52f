// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QHostAddress>
#include <QList>

namespace sockeye {

/// One thing that a diagnosis tried.
struct DiagnosisStep {
    enum class Kind : quint8 { Resolve, Listener, Ping, Connect };
    enum class State : quint8 {
        Running,
        Good,
        Bad,
        NotPossible, ///< nothing is known by it: this system does not let us, or there was no answer to wait for
    };
    Kind kind = Kind::Resolve;
    State state = State::Running;
    QString subject; ///< a name, an address, or an address with a port
    QString text; ///< what came of it, in a sentence
    FailureCode code = FailureCode::None; ///< Bad: why
    QList<QHostAddress> addresses; ///< Resolve: in the resolver's order
    qint64 startedAt = 0; ///< nanoseconds since the epoch
    qint64 took = -1; ///< nanoseconds; -1: still running
};

/// "resolve", "listener", "ping", "connect": for scripts, never translated.
[[nodiscard]] QLatin1StringView kindName(DiagnosisStep::Kind kind);
/// "running", "ok", "failed", "unknown": likewise.
[[nodiscard]] QLatin1StringView stateName(DiagnosisStep::State state);
/// "Name", "This machine", "Ping", "Connect"; and "ok", "failed", …: for people.
[[nodiscard]] QString kindText(DiagnosisStep::Kind kind);
[[nodiscard]] QString stateText(DiagnosisStep::State state);

} // namespace sockeye
