// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// What carries bytes between two programs: a stream that a framing cuts into messages, or datagrams, each of which is
/// a message.
enum class Transport : quint8 { Tcp, Udp };

/// The most that one datagram over IPv4 carries, and what we send at most over either version of IP: 65,535 less the
/// heads of IP and UDP (RFC 768). None at all is a datagram, too.
inline constexpr qsizetype maxDatagram = 65'507;

} // namespace sockeye
