// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "protocol/filter/filter.h"

#include <functional>

namespace sockeye {

/// For Repetition::isLast: whether a whole reply is what a filter asks for. The filter is compiled for eventSchema() of
/// `protocol`, which reads replies. To be asked in one thread at a time.
[[nodiscard]] std::function<bool(const Exchange&)> replyMatches(
    const filter::Filter& where, const ProtocolPtr& protocol, const ClientOptions& options);

} // namespace sockeye
