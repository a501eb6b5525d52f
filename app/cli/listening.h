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

    [[nodiscard]] bool ranOut() const { return m_ranOut; } ///< it was --seconds

private:
    bool m_ranOut = false;
    QTimer m_counter;
    QTimer m_clock;
};

/// Whether a run in which nothing came to listen ended as somebody wanted, by a signal; --seconds that were over by
/// then are complained of.
[[nodiscard]] bool stoppedBeforeListening(const StopTriggers& triggers);

/// Runs a server or a relay until a signal, --count or --seconds tells it to stop. `start` starts it; what
/// `listeningLine` says goes out before any event, once it listens. Returns false if it failed, or could not
/// listen in time; why, was complained of.
[[nodiscard]] bool listenUntilAsked(ListeningEndpoint& endpoint, StopSignals& stopSignals, const Arguments& arguments,
    Recording& recording, const std::function<void()>& start, const std::function<QByteArray()>& listeningLine);

/// The line "listening" as JSON, with what `more` adds.
[[nodiscard]] QByteArray listeningJson(const ListeningEndpoint& endpoint, Transport transport, const QString& service,
    const std::function<void(JsonLine& json)>& more = {});

} // namespace sockeye::cli
