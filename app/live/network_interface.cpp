// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/live/network_interface.h"

#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

// What is more than anybody has is no list of interfaces.
constexpr qsizetype mostListed = 4096;
constexpr qsizetype longestField = 4096;

QString tr(const char* text)
{
    return QCoreApplication::translate("LiveCapture", text);
}

QString textOf(const QByteArray& field)
{
    return visibleText(field, longestField);
}

/// Its place in the list: the smaller comes first.
int placeOf(const NetworkInterface& interface)
{
    return interface.loopback ? 0 : interface.all ? 2 : interface.up ? 1 : 3;
}

} // namespace

QList<NetworkInterface> parseInterfaces(QByteArrayView lines)
{
    QList<NetworkInterface> interfaces;
    for (const QByteArray& line : lines.toByteArray().split('\n')) {
        const QByteArrayList fields = line.split('\t');
        if (fields.size() != 4 || fields[0].isEmpty() || interfaces.size() >= mostListed) {
            continue;
        }
        const QByteArrayList flags = fields[1].split(',');
        NetworkInterface interface;
        interface.name = textOf(fields[0]);
        interface.description = textOf(fields[3]);
        interface.addresses = textOf(fields[2]).split(u',', Qt::SkipEmptyParts);
        interface.up = flags.contains("up");
        interface.loopback = flags.contains("loopback");
        interface.all = flags.contains("all");
        interfaces.append(interface);
    }
    std::stable_sort(interfaces.begin(), interfaces.end(),
        [](const NetworkInterface& a, const NetworkInterface& b) { return placeOf(a) < placeOf(b); });
    return interfaces;
}

QString interfaceText(const NetworkInterface& interface)
{
    QString what = interface.description;
    if (interface.all) {
        what = tr("all interfaces");
    } else if (interface.loopback) {
        what = tr("loopback, programs of this machine");
    } else if (!interface.up) {
        what = what.isEmpty() ? tr("down") : tr("%1, down").arg(what);
    }
    QString text = interface.name;
    if (!what.isEmpty()) {
        text += u": " + what;
    }
    if (!interface.addresses.isEmpty()) {
        constexpr qsizetype mostShown = 2;
        text += u" (" + interface.addresses.first(std::min(mostShown, interface.addresses.size())).join(u", ")
            + (interface.addresses.size() > mostShown ? u", …)" : u")");
    }
    return text;
}

} // namespace sockeye
