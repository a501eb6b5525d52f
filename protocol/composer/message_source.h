// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace sockeye {

// Messages as source code, field by field where their protocol names the fields.

/// The parts of a message: those that the protocol of requests names, else those of the application protocol, else one
/// of all bytes. They cover it, in order.
[[nodiscard]] QList<MessagePart> sourceParts(const ProtocolPtr& protocol, QByteArrayView message);

/// An expression of Python, over several lines that begin with `indent`, without a line feed at the end: a literal with
/// a comment a part, or, where the protocol names numbers, a join of struct.pack() and literals. `usesStruct` is set if
/// it needs the module.
[[nodiscard]] QString pythonSource(
    const ProtocolPtr& protocol, QByteArrayView message, const QString& indent, bool& usesStruct);

/// A string literal of C in the same form: each line is a piece of it, with a comment above those of each part that
/// says the value of a number.
[[nodiscard]] QString cSource(const ProtocolPtr& protocol, QByteArrayView message, const QString& indent);

} // namespace sockeye
