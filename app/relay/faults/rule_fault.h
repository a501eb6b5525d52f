// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/transport.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

// A relay's faults, each on one message alone, as rules have them: "cut:at=5".

/// Why that cannot be a rule's fault, in a sentence; empty: it can.
[[nodiscard]] QString checkRuleFault(const QString& spec);

/// Has it strike a message; `number` tells messages apart, of which the same gets the same. `protocol`: as its sender
/// speaks it. What is wrong with the fault leaves the message as it is; it is empty where nothing of it is left. A
/// sentence that says why the fault could not do what it is for, or an empty text.
QString strikeOnce(
    const QString& spec, quint64 number, const ProtocolPtr& protocol, Transport transport, QByteArray& message);

} // namespace sockeye
