// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"
#include "protocol/protocols/app/header.h"
#include "protocol/result.h"
#include "protocol/services/answer.h"
#include "protocol/services/catalog.h"
#include "protocol/services/room.h"
#include "protocol/services/session_host.h"
#include "protocol/transport.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <memory>

namespace sockeye {

class RuleSource;

struct ServiceOptions {
    bool persistent = false; ///< many exchanges on a connection; otherwise it closes after the first
    ByteOrder claimed = nativeByteOrder(); ///< what JSON headers of replies claim
    Limits limits;
    std::shared_ptr<const Catalog> catalog; ///< null: the standard one
    ProtocolPtr protocol; ///< whose messages echo, sink and rules take; null: as each of them has it
    std::shared_ptr<const RuleSource> rules; ///< what the service rules goes by; null: it answers nothing
};

/// One connection's side of a service: pure bytes in, bytes out. Lives in one thread.
class Session {
public:
    virtual ~Session() = default;

    /// Before anything else, if Service::wantsHost(). The host outlives the session.
    virtual void attach(SessionHost& host);
    /// Answers one whole message (`bytes` are all of it, valid during the call): appends the reply to `out`, or says
    /// that it comes later (a PendingAnswer; then nothing may be appended).
    /// An error means that the message was bad; call refuse() with it and close.
    /// Over UDP what is appended is one datagram, also if it is nothing.
    [[nodiscard]] virtual Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) = 0;

    /// Last words to a peer that sent something bad, where the service has any: appended to `out`.
    virtual void refuse(const Error& error, QByteArray& out);

    /// The peer has closed its side. Appends what is still owed.
    virtual void finish(QByteArray& out);
};

/// What a server does with messages. Immutable, shared by all connections and threads.
class Service {
public:
    virtual ~Service() = default;
    [[nodiscard]] virtual Transport transport() const { return Transport::Tcp; }
    [[nodiscard]] virtual const ProtocolPtr& protocol() const = 0;
    /// False for a service that leaves what comes in the kernel's buffer (stall).
    [[nodiscard]] virtual bool reads() const { return true; }
    [[nodiscard]] virtual std::unique_ptr<Session> newSession() const = 0;
    /// Whether its sessions ask more of whoever carries them than bytes.
    [[nodiscard]] virtual bool wantsHost() const { return false; }
    /// What a peer is told that is one connection too many. May be empty.
    [[nodiscard]] virtual QByteArray lastWords() const { return {}; }
    /// A room for a service whose sessions talk to each other: whole messages that a session has found good go there,
    /// and what it has for its members is sent to them. Null for all others.
    [[nodiscard]] virtual std::unique_ptr<Room> newRoom() const { return nullptr; }
};

/// The service of that name ("app", "echo", "uppercase-udp", …), or null.
[[nodiscard]] std::shared_ptr<const Service> newService(QStringView name, const ServiceOptions& options);
/// Names of all services, in the order in which to offer them. Never translated.
[[nodiscard]] QStringList serviceNames();
[[nodiscard]] Transport serviceTransport(QStringView name); ///< Tcp if there is none of that name
/// The name of the service that does the same over UDP; empty where there is none.
[[nodiscard]] QString datagramServiceName(QStringView name);
/// What a service does, in a short sentence for people.
[[nodiscard]] QString serviceDescription(QStringView name);

} // namespace sockeye
