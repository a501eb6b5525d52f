// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <cstddef>

namespace sockeye::pcapng {

/// Adds bytes to the Internet checksum (RFC 1071). Every call but the last of a sum takes an even number of bytes.
[[nodiscard]] quint64 checksumAdd(quint64 sum, const char* data, std::size_t size);
/// The sum folded and inverted, in network byte order as it goes into the packet.
[[nodiscard]] quint16 checksumEnd(quint64 sum);

} // namespace sockeye::pcapng
