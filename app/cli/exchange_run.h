// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/endpoint/client.h"
#include "app/reading/capture.h"
#include "app/repeat/repeat_report.h"
#include "app/sendlist/list_run.h"

#include <functional>
#include <memory>
#include <optional>

namespace sockeye::cli {

/// What became of one exchange, or of the same one again and again.
struct ExchangeRun {
    Exchange last;
    RepeatReport report; ///< of a repetition
    std::optional<RepeatEnd> end; ///< how it ended; nothing: it was no repetition
};

/// Sends the bytes, as often as the command line says, and waits for the end. Ctrl+C gives the exchange up; it ends a
/// repetition with the exchange that is under way, which a second one gives up. `protocol`: what replies are. With
/// --linger it waits for the end of a connection that we closed as well, as long as that allows; so it does without
/// where many may answer.
[[nodiscard]] ExchangeRun runExchange(const std::shared_ptr<Capture>& capture, const Arguments& arguments,
    const ProtocolPtr& protocol, const QByteArray& bytes);
/// The same of a send list; `each` is told of every exchange.
[[nodiscard]] ExchangeRun runList(const std::shared_ptr<Capture>& capture, const Arguments& arguments,
    const ListPlan& plan, const std::function<void(const Exchange&)>& each);

} // namespace sockeye::cli
