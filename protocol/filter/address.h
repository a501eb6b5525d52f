// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>

namespace sockeye::filter {

/// An address of the Internet Protocol, as its bytes go over the wire.
struct AddressBytes {
    std::array<char, 16> bytes {};
    qsizetype size = 0; ///< 4 or 16

    [[nodiscard]] QByteArrayView view() const { return { bytes.data(), size }; }
};

/// "127.0.0.1", "::1", "fe80::1%eth0" (what follows the % does not count), "::ffff:10.0.0.1" (as 10.0.0.1); nothing
/// where it is none.
[[nodiscard]] std::optional<AddressBytes> addressFrom(QByteArrayView text);

/// Whether that may be how a Unix socket is shown: a path, "@name", "unnamed (pid 1234)". A path without a slash is not
/// told from a mistake.
[[nodiscard]] bool isUnixName(QByteArrayView text);

/// The other way round, for `text(peer)`. IPv6 in the short form of RFC 5952.
[[nodiscard]] QByteArray addressText(QByteArrayView bytes);

} // namespace sockeye::filter
