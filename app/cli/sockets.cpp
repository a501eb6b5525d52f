// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commands.h"
#include "app/cli/terminal/exit_status.h"
#include "app/cli/terminal/output.h"
#include "app/cli/terminal/tr.h"
#include "app/lines/json_line.h"
#include "app/system/socket_meaning.h"
#include "app/system/socket_query.h"
#include "protocol/text/visible_text.h"

#include <algorithm>
#include <array>

namespace sockeye::cli {

namespace {

/// All processes are looked through, however long it takes.
constexpr std::chrono::hours noHurry { 1 };

/// {"event":"socket", …}: one line a socket. `process` and `pid` are null where they are not known; `holder` says why.
QByteArray jsonLine(const SocketRow& row, qint64 time)
{
    const SocketEntry& entry = row.entry;
    QByteArray line;
    JsonLine json(line, "socket");
    json.time("time", time).string("protocol", protocolName(entry));
    json.integer("recv_q", entry.receiveQueue);
    if (entry.sendQueue < 0) {
        json.null("send_q");
    } else {
        json.integer("send_q", entry.sendQueue);
    }
    json.string("local", localText(entry)).integer("local_port", entry.local.port);
    json.string("foreign", foreignText(entry)).integer("foreign_port", entry.foreign.port);
    if (entry.isUnix()) {
        json.string("path", entry.local.unixName.isUnnamed() ? QString() : entry.local.unixName.text());
        json.integer("inode", static_cast<qint64>(entry.inode));
        json.integer("peer_inode", static_cast<qint64>(entry.peerInode));
    }
    json.string("state", stateName(entry));
    if (row.owner.known == SocketOwner::Known::Process) {
        json.string("process", row.owner.name).integer("pid", row.owner.process);
    } else {
        json.null("process").null("pid");
    }
    json.string("holder", ownerText(row.owner)).boolean("sockeye", row.owner.isOurs);
    json.string("means", meaningOf(row).means).end();
    return line;
}

using Cells = std::array<QString, socketColumnCount>;

bool isNumber(int column)
{
    return column == int(SocketColumn::ReceiveQueue) || column == int(SocketColumn::SendQueue);
}

/// A table as netstat prints it, each column as wide as what is in it.
QByteArray textTable(const std::vector<SocketRow>& rows)
{
    std::vector<Cells> lines { { tr("Proto"), tr("Recv-Q"), tr("Send-Q"), tr("Local address"), tr("Foreign address"),
        tr("State"), tr("Process") } };
    for (const SocketRow& row : rows) {
        Cells& cells = lines.emplace_back();
        for (int column = 0; column < socketColumnCount; ++column) {
            cells[std::size_t(column)] = visibleText(cellText(row, static_cast<SocketColumn>(column)));
        }
    }
    std::array<qsizetype, socketColumnCount> widths {};
    for (const Cells& cells : lines) {
        for (std::size_t column = 0; column < cells.size(); ++column) {
            widths[column] = std::max(widths[column], cells[column].size());
        }
    }
    QByteArray text;
    for (const Cells& cells : lines) {
        QString line;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            const bool last = column + 1 == cells.size();
            line += isNumber(int(column)) ? cells[column].rightJustified(widths[column])
                : last                    ? cells[column]
                                          : cells[column].leftJustified(widths[column]);
            line += last ? QString() : QStringLiteral("  ");
        }
        text += line.toUtf8() + '\n';
    }
    return text;
}

} // namespace

int sockets(const Arguments& arguments)
{
    Output output(nullptr);
    SocketOwners owners;
    const SocketTable table = readSockets(owners, noHurry);
    if (table.source == SocketTable::Source::None) {
        complain(sourceNote(table.source));
        return Failed;
    }
    SocketQuery query;
    query.port = arguments.port;
    query.all = arguments.all || arguments.port != 0; // who asks for a port wants to know whose it is
    query.kind = arguments.unixOnly ? SocketKind::Unix : SocketKind::Any;
    const std::vector<SocketRow> rows = SocketSelection().select(table, query);
    if (arguments.print == PrintMode::Json) {
        for (const SocketRow& row : rows) {
            output.write(jsonLine(row, table.time));
        }
    } else if (arguments.print == PrintMode::Text) {
        const QString note = sourceNote(table.source);
        if (!note.isEmpty()) {
            output.write(QByteArray(note.toUtf8() + '\n'));
        }
        if (rows.empty()) {
            const QString nothing = arguments.port != 0
                ? tr("No TCP or UDP socket has port %1 at either end.").arg(arguments.port)
                : arguments.all ? tr("This machine has no such socket.")
                                : tr("No socket is Sockeye's; --all shows those of all.");
            output.write(QByteArray(nothing.toUtf8() + '\n'));
        } else {
            output.write(textTable(rows));
        }
    }
    return Done;
}

} // namespace sockeye::cli
