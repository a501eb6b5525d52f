// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/acceptor.h"
#include "app/net/datagram_socket.h"
#include "app/net/engine_capabilities.h"
#include "app/net/passer.h"
#include "app/net/stream.h"

#include <QStringList>

#include <memory>

namespace sockeye {

/// What makes sockets: one of a few ways to speak to the system. Immutable, shared, from any thread; there is one of
/// each for as long as the program runs (app/net/engines/).
class Engine {
public:
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    [[nodiscard]] virtual QLatin1StringView id() const = 0; ///< for command lines and files: "native", "qt"
    [[nodiscard]] virtual QString title() const = 0; ///< for people
    [[nodiscard]] virtual const EngineCapabilities& capabilities() const = 0;
    [[nodiscard]] virtual QStringList limits() const = 0; ///< what it cannot do, a sentence each; empty: nothing

    // `owner` may be null for one that gets its owner later, before it is told anything. What is made belongs to no
    // thread before it is first told to do something.
    [[nodiscard]] virtual std::unique_ptr<Stream> newStream(Stream::Owner* owner) const = 0;
    [[nodiscard]] virtual std::unique_ptr<Acceptor> newAcceptor(Acceptor::Owner& owner) const = 0;
    [[nodiscard]] virtual std::unique_ptr<DatagramSocket> newDatagramSocket(DatagramSocket::Owner* owner) const = 0;
    /// For streams of its own in one thread; costs nothing before it is used. Null: the engine has none.
    [[nodiscard]] virtual std::unique_ptr<Passer> newPasser() const { return nullptr; }

protected:
    Engine() = default;
    ~Engine() = default;
};

} // namespace sockeye
