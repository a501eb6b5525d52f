// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/host_text.h"

#include "app/net/address.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkInterface>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype maxShown = 80; // characters of what was written
constexpr qsizetype maxNames = 8; // interfaces

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("sockeye::Host", text, nullptr, count);
}

tl::unexpected<QString> wrong(const QString& why)
{
    return tl::unexpected<QString>(why);
}

/// "“eth0”, “wlan0”": those that have IPv6 addresses of their own on a link.
QString interfaceNames()
{
    QStringList names;
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
        const bool counts = interface.flags().testFlag(QNetworkInterface::IsUp)
            && !interface.flags().testFlag(QNetworkInterface::IsLoopBack);
        if (counts && names.size() < maxNames) {
            names.append(interface.name());
        }
    }
    return names.join(QStringLiteral(", "));
}

/// Whether an address means something else on every network that the machine is in.
bool needsInterface(const QHostAddress& address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return address.protocol() == QAbstractSocket::IPv6Protocol
        && ((bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) // link-local: fe80::/10
            || (bytes[0] == 0xff && (bytes[1] & 0x0f) == 2)); // multicast on the link: ff02::/16 and its kin
}

QString withExample(const QHostAddress& address)
{
    QHostAddress plain = address;
    plain.setScopeId({});
    const QString names = interfaceNames();
    const QString example =
        plain.toString() + u'%' + (names.isEmpty() ? QStringLiteral("eth0") : names.section(u',', 0, 0));
    return names.isEmpty() ? tr("Write it like %1.").arg(example)
                           : tr("Write it like %1. This machine has: %2.").arg(example, names);
}

QString scopeProblem(const QHostAddress& address)
{
    const QString scope = address.scopeId();
    if (scope.isEmpty()) {
        return needsInterface(address)
            ? tr("%1 is a link-local address, which is another one on each network: it needs the interface behind it.")
                    .arg(address.toString())
                + u' ' + withExample(address)
            : QString();
    }
    bool isNumber = false;
    const int index = scope.toInt(&isNumber);
    const bool isKnown = isNumber ? QNetworkInterface::interfaceFromIndex(index).isValid()
                                  : QNetworkInterface::interfaceIndexFromName(scope) > 0;
    return isKnown ? QString()
                   : tr("This machine has no interface “%1” (ENODEV).").arg(visibleText(scope, maxShown)) + u' '
            + withExample(address);
}

tl::expected<HostText, QString> addressOf(const QString& text, std::optional<quint16> port)
{
    const QHostAddress address(text);
    if (address.protocol() != QAbstractSocket::IPv6Protocol) {
        return wrong(tr("“%1” is no IPv6 address. Write it like ::1, with a port behind it like [::1]:80.")
                         .arg(visibleText(text, maxShown)));
    }
    if (const QString problem = scopeProblem(address); !problem.isEmpty()) {
        return wrong(problem);
    }
    return HostText { text, port };
}

tl::expected<quint16, QString> portOf(const QString& text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    const bool isPlain = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber || !isPlain || port > 65'535) {
        return wrong(
            tr("“%1” behind the host is no port: ports are numbers from 0 to 65535.").arg(visibleText(text, maxShown)));
    }
    return static_cast<quint16>(port);
}

} // namespace

tl::expected<HostText, QString> readUnixHost(const QString& text)
{
    const UnixName name = UnixName::fromText(text);
    if (name.bytes().size() < (name.isAbstract() ? 2 : 1)) {
        return wrong(
            tr("The Unix socket has no name. Write its path, as in unix:/run/app.sock, or @NAME for an abstract "
               "one."));
    }
    if (text.contains(QChar(u'\0'))) {
        return wrong(tr("A zero byte in the name of a Unix socket would be its end."));
    }
    if (name.isTooLong()) {
        return wrong(tr("File name too long (ENAMETOOLONG): “%1” is %n byte(s). The system has room for 108 of a Unix "
                        "socket's path, one of which is the zero byte at its end. Take a shorter path, one relative to "
                        "the working directory, or an abstract name (@NAME).",
            static_cast<int>(name.bytes().size() - (name.isAbstract() ? 1 : 0)))
                         .arg(visibleText(text, maxShown)));
    }
    return HostText { unixScheme + text, {} };
}

tl::expected<HostText, QString> readHost(const QString& text)
{
    const QString plain = text.trimmed();
    if (plain.isEmpty()) {
        return wrong(tr("No host is given. Write a name or an address, such as localhost or 127.0.0.1."));
    }
    if (isUnixHost(plain)) {
        return readUnixHost(plain.sliced(unixScheme.size()));
    }
    if ((plain.startsWith(u'/') && !plain.startsWith(QStringLiteral("//"))) || plain.startsWith(u'@')) {
        return readUnixHost(plain);
    }
    if (plain.contains(u'/')) {
        return wrong(tr("“%1” is no host: write the name or address alone, without a scheme before it or a path behind "
                        "it.")
                         .arg(visibleText(plain, maxShown)));
    }
    if (plain.startsWith(u'[')) {
        const qsizetype end = plain.indexOf(u']');
        const QString behind = end < 0 ? QString() : plain.sliced(end + 1);
        if (end < 0 || (!behind.isEmpty() && !behind.startsWith(u':'))) {
            return wrong(tr("“%1” is no host: brackets stand around an IPv6 address, as in [::1]:80.")
                             .arg(visibleText(plain, maxShown)));
        }
        std::optional<quint16> port;
        if (!behind.isEmpty()) {
            const auto read = portOf(behind.sliced(1));
            if (!read) {
                return wrong(read.error());
            }
            port = *read;
        }
        return addressOf(plain.sliced(1, end - 1), port);
    }
    const qsizetype colons = plain.count(u':');
    if (colons > 1) {
        return addressOf(plain, {});
    }
    if (colons == 1) {
        const qsizetype at = plain.indexOf(u':');
        const auto port = portOf(plain.sliced(at + 1));
        if (!port) {
            return wrong(port.error());
        }
        if (at == 0) {
            return wrong(tr("Before the port “%1” stands no host.").arg(QString::number(*port)));
        }
        return HostText { plain.first(at), *port };
    }
    return HostText { plain, {} };
}

QString hostProblem(const QString& text)
{
    const auto read = readHost(text);
    return read ? QString() : read.error();
}

QString reachableHost(const SocketAddress& listening)
{
    if (listening.isUnix()) {
        return unixScheme + listening.unixName.text();
    }
    if (listening.host == QHostAddress(QHostAddress::AnyIPv6)) {
        return QHostAddress(QHostAddress::LocalHostIPv6).toString();
    }
    const bool isEvery = listening.host == QHostAddress(QHostAddress::AnyIPv4)
        || listening.host.protocol() == QAbstractSocket::AnyIPProtocol;
    return isEvery ? QHostAddress(QHostAddress::LocalHost).toString() : listening.hostText();
}

} // namespace sockeye
