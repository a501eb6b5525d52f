// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/system/socket_table.h"

#include <QSet>

#include <array>

namespace sockeye {

/// The columns of a table of sockets, in netstat's order.
enum class SocketColumn : quint8 { Protocol, ReceiveQueue, SendQueue, Local, Foreign, State, Process };
inline constexpr int socketColumnCount = 7;

enum class SocketKind : quint8 { Any, Tcp, Udp, Unix };

/// Which sockets are wanted, and in which order.
struct SocketQuery {
    bool all = false; ///< false: only Sockeye's, see SocketQuery::select()
    quint16 port = 0; ///< at either end; 0: any
    QString text; ///< somewhere in what a column says, whatever the case; empty: any
    SocketColumn column = SocketColumn::Local;
    bool descending = false;
    SocketKind kind = SocketKind::Any;

    friend bool operator==(const SocketQuery&, const SocketQuery&) = default;
};

/// What a cell says.
[[nodiscard]] QString cellText(const SocketRow& row, SocketColumn column);

/// Picks sockets out of tables, one after the other.
///
/// Sockeye's are: those that a process of Sockeye's holds; those with a port, at either end, that such a process
/// listens on or listened on while this object lives; and the other ends of its connections on this machine. So what a
/// server leaves behind in TIME_WAIT is still there when it has stopped. Unix sockets have to have a name at either
/// end, and those to the desktop (X, D-Bus, …), which a window has, do not count.
class SocketSelection {
public:
    [[nodiscard]] std::vector<SocketRow> select(const SocketTable& table, const SocketQuery& query);

private:
    void learnPorts(const SocketTable& table);
    [[nodiscard]] bool isSockeyesUnix(const SocketRow& row) const;

    QSet<quint16> m_ports; ///< that Sockeye listens or listened on
    QSet<quint64> m_inodes; ///< of Sockeye's Unix sockets
    QSet<quint32> m_pairs; ///< foreign and local port of connections of Sockeye's: the other end's local and foreign
};

} // namespace sockeye
