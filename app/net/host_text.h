// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

#include <tl/expected.hpp>

namespace sockeye {

/// What somebody wrote where a host is asked for.
struct HostText {
    QString host; ///< a name, or an address without brackets
    std::optional<quint16> port; ///< where one was written behind it
};

/// Reads "example.org", "127.0.0.1", "::1", "[::1]", "example.org:80", "[::1]:80" and "fe80::1%eth0". A name is not
/// looked up. The error is what is wrong and what to write, in sentences: nothing, a URL, a link-local address without
/// its interface or with one that this machine does not have.
[[nodiscard]] tl::expected<HostText, QString> readHost(const QString& text);

/// Why `text` is no host; empty if it is one.
[[nodiscard]] QString hostProblem(const QString& text);

} // namespace sockeye
