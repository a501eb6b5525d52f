// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/arguments/load_arguments.h"
#include "app/cli/arguments/relay_arguments.h"
#include "app/lines/chosen_fields.h"
#include "app/rules/rule_file.h"
#include "app/sendlist/list_file.h"
#include "app/tls/tls_options.h"
#include "protocol/composer/typed_text.h"
#include "protocol/filter/filter.h"
#include "protocol/framing/framing.h"
#include "protocol/protocols/app/header.h"
#include "protocol/proxy/proxy_options.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sockeye::cli {

enum class Command : quint8 {
    Serve,
    Send,
    Raw,
    Multi,
    Decode,
    Capture,
    Sockets,
    Diagnose,
    Relay,
    Load,
    Parse,
    Build,
    Dissector
};
enum class PrintMode : quint8 { Text, Json, None };

/// How often `send` and `raw` send the same, and what ends it.
struct RepeatArguments {
    std::chrono::nanoseconds every { 0 };
    qint64 count = 0; ///< 0: until stopped
    std::optional<filter::Filter> until; ///< ends with a reply that it matches
};

/// The command line, read and checked. Which members count depends on the command.
struct Arguments {
    QString capture; ///< file to record to; empty: none
    QString service = QStringLiteral("app");
    QString host = QStringLiteral("127.0.0.1");
    QString catalog; ///< file; empty: the standard catalogue
    QString rulesFile; ///< serve, relay; empty: none
    RuleFile rules; ///< what was read of it
    QString action; ///< send
    QString value;
    QString file; ///< decode, parse, build
    QString description; ///< parse, build: a .ksy file
    QString interface; ///< capture; empty: list them
    QString filter; ///< capture; empty: everything
    ChosenFields fields; ///< decode: of messages only these are printed
    filter::Filter where; ///< of what is printed: only what it matches; all commands that print events
    QByteArray bytes; ///< send, raw: what to send
    QList<qint64> chunks;
    LoadArguments load;
    RelayArguments relay;
    const Engine* engine = &defaultEngine(); ///< serve, send, raw, multi, load: what owns the sockets
    std::optional<ProxyOptions> proxy; ///< send, raw, multi, load
    SocketOptions socket; ///< serve, send, raw, multi, load
    QList<QByteArray> messages; ///< multi: sent on each connection
    int connections = 1; ///< multi
    std::optional<QString> expect;
    std::optional<std::chrono::milliseconds> timeout; ///< a client's, to connect and to reply
    std::optional<std::chrono::milliseconds> linger; ///< of who closes
    std::optional<std::chrono::milliseconds> idleTimeout; ///< a server's
    std::optional<std::chrono::milliseconds> seconds; ///< serve, relay, capture: stop after that time
    std::optional<qint64> count; ///< serve, relay: stop after that many exchanges; capture: packets
    std::chrono::milliseconds pause { 0 }; ///< between chunks
    qint64 maxContent = Limits().maxContent;
    std::optional<int> maxConnections;
    QAbstractSocket::NetworkLayerProtocol family = QAbstractSocket::AnyIPProtocol;
    quint16 port = 65432; ///< sockets: 0 where none was given
    ProtocolPtr protocol; ///< raw, decode, capture: how bytes are read; null: not chosen
    Command command = Command::Serve;
    PrintMode print = PrintMode::Text;
    ByteOrder byteOrder = nativeByteOrder(); ///< what JSON headers claim
    bool persistent = false;
    bool udp = false; ///< datagrams instead of a connection
    TlsServerOptions tlsServer; ///< serve
    TlsClientOptions tlsClient; ///< every other command that connects
    bool all = false; ///< sockets: not only Sockeye's
    bool unixOnly = false; ///< sockets: Unix sockets alone
    bool hex = false; ///< build: digits instead of bytes
    QString replyTo; ///< send, raw: the file for the bytes of the reply; - is standard output; empty: none
    std::shared_ptr<const PreparedList> list; ///< send, raw: what is sent instead of one message; null: there is none
    std::optional<RepeatArguments> repeat; ///< send, raw; nothing: once
    bool escapes = false; ///< send, raw: in what is typed
    bool macros = false; ///< the same
    QByteArray encoding; ///< send, raw, serve: of text in and out; empty: UTF-8
    AppendedChecksum checksum; ///< send, raw: goes behind what is sent
    /// send, raw: makes what is sent, anew each time. Empty: it is always `bytes`.
    std::function<QByteArray(const MacroMoment&)> made;
    bool untilClose = false; ///< send, raw, load: the reply ends with the connection
    bool halfClose = false; ///< raw: end our side once everything is sent

    [[nodiscard]] Limits limits() const;
};

/// serve, relay: for whom rules are read.
[[nodiscard]] RuleUse ruleUse(const Arguments& arguments);

/// send, raw: the protocol whose messages whole replies are.
[[nodiscard]] ProtocolPtr replyProtocol(const Arguments& arguments);

/// Reads the command line into `arguments`. Returns an exit status if there is nothing more to do: after --help or
/// --version, or because something is wrong, which standard error then says in one line.
[[nodiscard]] std::optional<int> parseArguments(int argc, char** argv, Arguments& arguments);

} // namespace sockeye::cli
