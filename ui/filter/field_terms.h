// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/filter/filter_actions.h"
#include "ui/models/inspected_message.h"

namespace sockeye {

/// A field of a message's structure with its value: by its name, else the bytes that it stands for. Nothing for none,
/// and for what is too long to be written.
[[nodiscard]] std::optional<FilterTerm> termOfField(const InspectedMessage& message, int field);

} // namespace sockeye
