// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/address.h"

namespace sockeye {

/// What tells an endpoint from others in titles: its port, or the name of its Unix socket, of a path the last part.
/// Empty: any free port.
[[nodiscard]] inline QString endTitle(const QString& host, quint16 port)
{
    constexpr qsizetype longest = 24;
    if (!isUnixHost(host)) {
        return port == 0 ? QString() : QString::number(port);
    }
    const QString name = SocketAddress::ofHost(host, 0)->unixName.text();
    const QString last = name.startsWith(u'@') ? name : name.sliced(name.lastIndexOf(u'/') + 1);
    return last.size() > longest ? QString(last.first(longest - 1) + u'…') : last;
}

} // namespace sockeye
