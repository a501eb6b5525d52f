// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <functional>

namespace sockeye {

// All protocols there are. Any thread may ask and add at any time.

/// In the order in which to offer them: those that come with Sockeye, then those that were added. Datagrams leave no
/// choice, so only what cuts streams is among them.
[[nodiscard]] QList<ProtocolPtr> protocols();

/// The one that is taken where nobody chose: the application protocol.
[[nodiscard]] const ProtocolPtr& defaultProtocol();

/// The one for bytes of which nothing is known.
[[nodiscard]] const ProtocolPtr& plainProtocol();

/// Those that need something set in their names, by example: "fixed:size=16".
[[nodiscard]] QStringList protocolExamples();

/// The protocol of that name, "NAME" or "NAME:KEY=VALUE,…"; else a sentence that says what there is, or what is
/// expected where, with an example. Names that mean the same are the same protocol: its id() is the shortest of them.
[[nodiscard]] tl::expected<ProtocolPtr, QString> protocolFromName(QStringView name);

/// The same of Sockeye's own protocols alone, without looking for files; null for any other name.
[[nodiscard]] ProtocolPtr ownProtocolFromName(QStringView name);

/// How messages are told apart where `chosen` is the protocol and each datagram is a message.
[[nodiscard]] const ProtocolPtr& protocolForDatagrams(const ProtocolPtr& chosen);

/// What `sender` speaks of `chosen` over that transport.
[[nodiscard]] ProtocolPtr spokenOver(const ProtocolPtr& chosen, Transport transport, Sender sender);

/// The one that recognizes the bytes as a message of its own; null where none does.
[[nodiscard]] ProtocolPtr protocolOf(QByteArrayView message, const Limits& limits);

/// Finds protocols that are not in the registry by their names, such as files of descriptions. Null: it knows none of
/// that name.
using ProtocolFinder = std::function<tl::expected<ProtocolPtr, QString>(const QString& name)>;

/// Has protocolFromName() ask `finder` for names that are of none of Sockeye's own protocols. Set once, before the
/// first name is asked for.
void setProtocolFinder(ProtocolFinder finder);

/// Adds a protocol while the program runs; it takes the place of one with the same id that was added before. False: its
/// id is that of a protocol of Sockeye's own.
bool addProtocol(const ProtocolPtr& protocol);

} // namespace sockeye
