// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye {

// A relay's faults, each on one message alone, as rules have them: "cut:at=5".

/// Why that cannot be a rule's fault, in a sentence; empty: it can.
[[nodiscard]] QString checkRuleFault(const QString& spec);

/// Has it strike a message; `number` tells messages apart, of which the same gets the same. What is wrong with the
/// fault leaves the message as it is. Empty where nothing of it is left.
void strikeOnce(const QString& spec, quint64 number, QByteArray& message);

} // namespace sockeye
