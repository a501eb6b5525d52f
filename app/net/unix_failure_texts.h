// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure_texts.h"

namespace sockeye {

/// Where Unix sockets have another story to tell.
inline constexpr FailureTexts unixTexts[] = {
    { FailureCode::Refused, "refused",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection refused (ECONNREFUSED): nobody listens on %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "For a path, the file is there, but the program that made it is gone or does not listen (any more)."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Start the server first, and check the name. A new server takes the place of a file that was left over.") },
    { FailureCode::TimedOut, "timed-out",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection timed out: %1 was not accepted in time."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A program listens there, but does not accept: as many connections wait as its backlog has room for."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "See what that program is busy with: it must call accept() again.") },
    { FailureCode::Reset, "reset",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Connection reset by peer (ECONNRESET): %1 let go of the connection."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Unix sockets have no RST. The other side closed while bytes were waiting for it that it had not read; "
            "writing to such a connection is a broken pipe (EPIPE)."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "See what the other program says, and what it had received last.") },
    { FailureCode::AddressInUse, "address-in-use",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Address already in use (EADDRINUSE): %1 is taken."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Another program, or another server of this one, listens there."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "Stop the other one, or take another path or name.") },
    { FailureCode::NotPermitted, "not-permitted",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Permission denied (EACCES): %1."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "To connect needs the right to write to the socket's file; to listen, the right to write to its folder; "
            "both, the right to search all folders above."),
        QT_TRANSLATE_NOOP("sockeye::Failure", "“namei -l PATH” shows the rights along the path.") },
    { FailureCode::TooLarge, "too-large",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Message too long (EMSGSIZE): %1 is more than one datagram can carry."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "A datagram of a Unix socket has to fit into the send buffer, and here holds 65,507 bytes at most, as one "
            "over UDP does."),
        QT_TRANSLATE_NOOP(
            "sockeye::Failure", "Send less at a time, ask for a larger buffer (--send-buffer), or take a stream.") },
    { FailureCode::NoReply, "no-reply",
        QT_TRANSLATE_NOOP("sockeye::Failure", "Reply timed out: no whole reply from %1 in time."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "What was sent is with the other program: it may be busy, still wait for the rest, or not answer at all."),
        QT_TRANSLATE_NOOP("sockeye::Failure",
            "Compare what was really sent with what it expects, or allow a longer reply time-out.") },
};

} // namespace sockeye
