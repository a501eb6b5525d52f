// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/socket_owners.h"
#include "app/platform/socket_source.h"

#include <optional>
#include <vector>

namespace sockeye {

/// One socket and who holds it.
struct SocketRow {
    SocketEntry entry;
    SocketOwner owner;

    friend bool operator==(const SocketRow&, const SocketRow&) = default;
};

/// The machine's TCP, UDP and Unix sockets at one moment.
struct SocketTable {
    using Source = SocketSource;
    std::vector<SocketRow> rows;
    Source source = Source::None; ///< None: this system does not tell
    qint64 time = 0; ///< nanoseconds since the epoch
};

enum class SocketsWanted : quint8 { All, Listening }; ///< Unix sockets are among all

/// Reads the table: from the kernel by netlink, or from /proc/net where that is refused. `owners` remembers from one
/// time to the next; processes are looked through for at most `budget`. Takes milliseconds, or more with many sockets
/// and processes: not for the GUI thread.
[[nodiscard]] SocketTable readSockets(
    SocketOwners& owners, std::chrono::milliseconds budget, SocketsWanted wanted = SocketsWanted::All);

/// Why the table is empty or less than whole, in a sentence; empty where there is nothing to say.
[[nodiscard]] QString sourceNote(SocketTable::Source source);

/// Whoever has the port (TCP: listens there) where a server that wants `address` would; "python3 (1234)". Empty if
/// nobody does or it cannot be seen. Takes some milliseconds.
[[nodiscard]] QString holderOf(const SocketAddress& address, SocketProtocol protocol);

/// Whether a listening socket gets what is sent to `host` (and its port); one for :: takes IPv4, too.
[[nodiscard]] bool covers(const SocketEntry& listening, const QHostAddress& host);

} // namespace sockeye
