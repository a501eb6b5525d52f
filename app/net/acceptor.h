// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/net/socket_options.h"
#include "app/net/stream.h"

#include <memory>

namespace sockeye {

/// A listening TCP socket. Lives in one thread.
class Acceptor {
public:
    /// May do anything in these calls but destroy the acceptor.
    class Owner {
    public:
        virtual void accepted(std::unique_ptr<Stream> stream) = 0; ///< it has no owner yet
        /// There are no descriptors left (TooManyFiles), or no memory (OutOfMemory): accepting has stopped, until
        /// setAccepting(true).
        virtual void cannotAccept(FailureCode code) = 0;

    protected:
        ~Owner() = default;
    };

    virtual ~Acceptor() = default;
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    /// Listens, and accepts from the event loop. Port 0: a free one. `backlog`: connections that the system may hold
    /// before they are accepted. Streams that are accepted have the options.
    [[nodiscard]] virtual FailureCode listen(
        const SocketAddress& address, int backlog, const SocketOptions& options) = 0;
    virtual void setAccepting(bool on) = 0;
    virtual void close() = 0;

    [[nodiscard]] virtual SocketAddress address() const = 0; ///< really bound
    [[nodiscard]] virtual QString errorText() const = 0; ///< the system's own words for why listen() failed

protected:
    Acceptor() = default;
};

} // namespace sockeye
