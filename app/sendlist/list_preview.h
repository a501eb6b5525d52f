// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/sendlist/prepared_list.h"

#include <QStringList>

namespace sockeye {

/// What goes out of each message of a list, for people: how many bytes, which ones, and what they say in the protocol
/// of clients. Macros as of now; places that the reply before fills are empty. Makes all messages: not for the GUI
/// thread.
[[nodiscard]] QStringList listPreviews(const PreparedList& list, const ProtocolPtr& protocol);

} // namespace sockeye
