// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/sendlist/prepared_list.h"
#include "protocol/sendlist/send_list.h"

#include <optional>

namespace sockeye {

class ComposerModel;
class ComposerPanel;

/// What the composer holds as a message of a send list: as it was typed, as JSON where that comes to the same bytes, as
/// text where the bytes are one, else as hexadecimal digits. Nothing where there is too much of it.
[[nodiscard]] std::optional<ListMessage> composedMessage(const ComposerModel& model);

/// Puts a message into the composer, with what stands for more than itself in it if the composer has room for that.
void compose(ComposerPanel& composer, const ListMessage& message, const PreparedMessage& prepared);

inline constexpr qsizetype maxListedBytes = 256 * 1024; ///< that a message holds itself; more belongs into a file

} // namespace sockeye
