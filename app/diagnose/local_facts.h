// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>

namespace sockeye {

/// Who has a port of this machine, as far as it matters to somebody who wants to connect to `addresses`.
struct LocalFacts {
    bool isKnown = true; ///< false: there was no way to look
    bool isLocal = false; ///< at least one of the addresses is this machine's
    QString listener; ///< who listens there ("python3 (1234)"); empty: nobody
    QString listensOn; ///< where: "127.0.0.1:80"
    QString elsewhere; ///< who listens on the port at another address: "python3 (1234) on [::1]:80"
    QString datagrams; ///< who has the port for UDP
    qint64 waiting = 0; ///< connections in the listener's backlog
    bool backlogFull = false;
    qint64 leftBehind = 0; ///< connections of this port in TIME_WAIT
};

/// Looks at interfaces and sockets: some milliseconds, not for the GUI thread.
/// Needs some descriptors: see canLookAround().
[[nodiscard]] LocalFacts lookAround(const QList<QHostAddress>& addresses, quint16 port);

/// Whether this program has descriptors left for it. (Not even a thread can begin without: its event dispatcher would
/// end the program.)
[[nodiscard]] bool canLookAround();

} // namespace sockeye
