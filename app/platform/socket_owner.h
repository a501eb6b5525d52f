// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// Who holds a socket, or why that is not known.
struct SocketOwner {
    enum class Known : quint8 {
        Process, ///< `process` and `name` say it
        Nobody, ///< no process holds it: the kernel finishes or waits by itself
        NotAccepted, ///< a connection that waits in a listening socket's backlog
        NoRights, ///< most likely a process that we may not look into, as another user's
        NotSeen, ///< no process that we may look into holds it: one in another container, or the kernel
        NotYet, ///< there was no time to look at all processes
    };
    Known known = Known::NotYet;
    qint64 process = 0;
    QString name; ///< as the system has it: at most 15 characters
    QString user; ///< NoRights: whose socket it is
    bool isOurs = false; ///< a process of Sockeye's

    friend bool operator==(const SocketOwner&, const SocketOwner&) = default;
};

/// "python3 (1234)", or why it is not known, in words.
[[nodiscard]] QString ownerText(const SocketOwner& owner);

} // namespace sockeye
