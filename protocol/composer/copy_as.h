// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/protocols/registry.h"
#include "protocol/transport.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye {

/// What a request can be copied as, to be sent again without Sockeye.
enum class CopyForm : quint8 {
    Python, ///< a program that sends it and reads one whole reply, standard library only
    C, ///< the same in C with POSIX sockets
    Netcat, ///< printf … | nc
    Cli, ///< sockeye-cli send where that says it all, sockeye-cli raw otherwise
    Hex,
};

/// A request and where it goes.
struct CopiedRequest {
    QString host;
    quint16 port = 0;
    QString unixName; ///< in place of host and port: a Unix socket, its path or "@" and an abstract name; empty: none
    Transport transport = Transport::Tcp; ///< over UDP each piece is a datagram
    ProtocolPtr protocol = defaultProtocol(); ///< what a whole reply is
    QByteArray bytes; ///< exactly what goes out
    QString action; ///< tried for `sockeye-cli send`; used only if it makes the same bytes
    QString value;
    QList<qint64> chunks; ///< sizes of the pieces that it is sent in, the last one repeats; empty: whole
    int pauseMs = 0; ///< between pieces
};

[[nodiscard]] QString copyAs(CopyForm form, const CopiedRequest& request);

[[nodiscard]] QList<CopyForm> copyForms(); ///< in the order in which to offer them
[[nodiscard]] QString copyFormName(CopyForm form); ///< for menus

// One a language; copyAs() chooses.
[[nodiscard]] QString copyAsPython(const CopiedRequest& request);
[[nodiscard]] QString copyAsC(const CopiedRequest& request);
[[nodiscard]] QString copyAsNetcat(const CopiedRequest& request);
[[nodiscard]] QString copyAsCli(const CopiedRequest& request);

// Where it goes, in their words.
[[nodiscard]] QString cliTarget(const CopiedRequest& request); ///< HOST PORT, or --unix NAME
[[nodiscard]] QString netcatTarget(const CopiedRequest& request); ///< HOST PORT, or -U NAME
[[nodiscard]] QString pythonPlace(const CopiedRequest& request); ///< sets HOST and PORT, or NAME
[[nodiscard]] QString unixLiteral(const QString& name); ///< as the system has it; of Python or C

} // namespace sockeye
