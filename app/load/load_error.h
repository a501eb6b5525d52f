// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "protocol/transport.h"

#include <array>
#include <cstddef>

namespace sockeye {

/// What may become of a request that gets no right reply: a closed list.
enum class LoadError : quint8 {
    Refused, ///< nothing listens there
    ConnectTimedOut, ///< no answer to the attempt to connect
    ConnectFailed, ///< any other reason why there is no connection
    NoPorts, ///< this machine has no free port left to connect from
    NoDescriptors, ///< this program has no file descriptors left
    NoMemory, ///< the system has no memory left for another connection
    ProxyFailed, ///< the proxy did not make the connection
    TlsFailed, ///< the TLS handshake failed, or took too long, or somebody broke the rules of TLS
    Reset, ///< the server threw the connection away
    ClosedEarly, ///< it closed before the whole reply had come
    TimedOut, ///< the whole reply did not come in time
    WrongReply, ///< another reply than the right one, or more than was asked for
    Abandoned, ///< outstanding on a connection that was closed because of a wrong reply before
};
inline constexpr std::size_t loadErrorCount = 13;

/// How many of each.
using LoadErrors = std::array<qint64, loadErrorCount>;

[[nodiscard]] QLatin1StringView loadErrorName(LoadError error); ///< "refused", … for scripts; never translated
[[nodiscard]] QString loadErrorText(LoadError error); ///< for people, a few words
[[nodiscard]] qint64 totalOf(const LoadErrors& errors);

/// Of an attempt to connect, or a TLS handshake, that failed.
[[nodiscard]] LoadError connectError(FailureCode code);
/// What happened, what it means and what to try; `subject` is the server ("127.0.0.1 port 65432").
[[nodiscard]] Failure failureOf(LoadError error, const QString& subject, Transport transport);

} // namespace sockeye
