// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/export/row_choice.h"
#include "app/reading/capture.h"
#include "app/sendlist/packet_sender.h"

namespace sockeye {

/// Messages of a capture, as they went over the wire, in that order: of those that are chosen the ones of clients, or
/// all where none is of a client; each in the form that recordedMessage() gives it for a client of that protocol. The
/// error is a sentence. Reads the disk: not for the GUI thread.
[[nodiscard]] tl::expected<ImportedList, QString> recordedList(
    const Capture& capture, const RowChoice& choice, const ProtocolPtr& protocol, Transport transport);

} // namespace sockeye
