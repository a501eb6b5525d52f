// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/arguments.h"
#include "app/endpoint/client.h"
#include "app/reading/capture.h"

#include <memory>

namespace sockeye::cli {

/// Makes one exchange and waits for its end. Ctrl+C gives it up. `lingers`: waits for the end of a connection that we
/// closed as well, as long as the options allow.
[[nodiscard]] Exchange runExchange(
    const std::shared_ptr<Capture>& capture, const ClientOptions& options, const SendPlan& plan, bool lingers);

/// The options of a client, from the command line.
[[nodiscard]] ClientOptions clientOptions(const Arguments& arguments, const ProtocolPtr& protocol);

/// The bytes, and how they are to be handed to the socket, from the command line.
[[nodiscard]] SendPlan sendPlan(const Arguments& arguments, const QByteArray& bytes);

} // namespace sockeye::cli
