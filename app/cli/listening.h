// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/cli/recording.h"
#include "app/lines/json_line.h"
#include "app/listening/listening_endpoint.h"
#include "app/platform/stop_signals.h"

#include <QTimer>

#include <functional>

namespace sockeye::cli {

/// What tells a command to stop: a signal, --count, --seconds. As long as it lives.
class StopTriggers {
public:
    StopTriggers(StopSignals& stopSignals, const Arguments& arguments, const std::function<qint64()>& exchanges,
        const std::function<void()>& stop);

private:
    QTimer m_counter;
    QTimer m_clock;
};

/// Runs a server or a relay until a signal, --count or --seconds tells it to stop. `start` starts it; what
/// `listeningLine` says goes out before any event, once it listens. Returns false if it never listened, or not to the
/// end; why, was complained of.
[[nodiscard]] bool listenUntilAsked(ListeningEndpoint& endpoint, StopSignals& stopSignals, const Arguments& arguments,
    Recording& recording, const std::function<void()>& start, const std::function<QByteArray()>& listeningLine);

/// The line "listening" as JSON, with what `more` adds.
[[nodiscard]] QByteArray listeningJson(const ListeningEndpoint& endpoint, Transport transport, const QString& service,
    const std::function<void(JsonLine& json)>& more = {});

} // namespace sockeye::cli
