// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/sendlist/send_list.h"

#include <tl/expected.hpp>

namespace sockeye {

/// A list of another program, and what of it a send list does not say.
struct ImportedList {
    SendList list;
    QString note; ///< in sentences; empty: it is all there
};

/// What Packet Sender keeps its packets in: its packets.ini, or what it exports as JSON. The error is a sentence.
/// Where packets go is the client's to say; HTTP requests, which it makes itself, are left out. Reads the disk: not for
/// the GUI thread.
[[nodiscard]] tl::expected<ImportedList, QString> importPacketSender(const QString& file);

} // namespace sockeye
