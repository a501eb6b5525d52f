// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace sockeye {

/// A network interface that can be captured from.
struct NetworkInterface {
    QString name; ///< what the system calls it: "lo", "eth0"; "any" stands for all of them
    QString description; ///< empty: none
    QStringList addresses;
    bool up = false;
    bool loopback = false;
    bool all = false; ///< "any"
    friend bool operator==(const NetworkInterface&, const NetworkInterface&) = default;
};

/// Reads what the capture tool's "interfaces" writes. Lines that are none are left out. The loopback interface comes
/// first, then those that are up, then the others; "any" after those that are up.
[[nodiscard]] QList<NetworkInterface> parseInterfaces(QByteArrayView lines);

/// "lo: loopback (127.0.0.1, ::1)", for a list to choose from.
[[nodiscard]] QString interfaceText(const NetworkInterface& interface);

} // namespace sockeye
