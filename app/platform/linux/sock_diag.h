// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/platform/kernel_facts.h"

#include <vector>

namespace sockeye {

/// Asks the kernel for its TCP and UDP sockets of both families by netlink (sock_diag(7)). Returns 0, or the errno of
/// what it refused: then `entries` is as it was. `listening`: only TCP sockets that listen and UDP ones without a peer.
[[nodiscard]] int readSockDiag(std::vector<SocketEntry>& entries, bool listening);

/// The entries in the bytes of one netlink datagram, appended to `entries`. 0: there is more to come; 1: that was all;
/// negative: minus an errno. Anything may stand in `bytes`.
[[nodiscard]] int parseSockDiag(QByteArrayView bytes, SocketProtocol protocol, std::vector<SocketEntry>& entries);

/// Whether the kernel answers such questions.
[[nodiscard]] bool canAskSockDiag();

/// One question for each TCP connection; see readKernelFacts().
[[nodiscard]] std::vector<std::optional<KernelFacts>> askSockDiag(const std::vector<ConnectionEnds>& connections);

/// The facts in the kernel's answer; nothing where it is an error or no answer. Anything may stand in `bytes`.
[[nodiscard]] std::optional<KernelFacts> parseKernelFacts(QByteArrayView bytes);

} // namespace sockeye
