// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/linux/proc_net.h"

#include <QFile>
#include <QList>
#include <QtEndian>

#include <cstring>
#include <optional>

namespace sockeye {

namespace {

std::optional<quint64> hexNumber(QByteArrayView text)
{
    bool ok = false;
    const quint64 value = text.toULongLong(&ok, 16);
    return ok ? std::optional(value) : std::nullopt;
}

/// "0100007F:07E8": each group of eight digits is a 32-bit word as it lies in this machine's memory.
std::optional<SocketAddress> addressOf(QByteArrayView text, bool isIPv6)
{
    const qsizetype digits = isIPv6 ? 32 : 8;
    if (text.size() != digits + 5 || text[digits] != ':') {
        return std::nullopt;
    }
    const auto port = hexNumber(text.sliced(digits + 1));
    Q_IPV6ADDR bytes {};
    for (qsizetype word = 0; word < digits / 8; ++word) {
        const auto value = hexNumber(text.sliced(word * 8, 8));
        if (!value) {
            return std::nullopt;
        }
        const auto number = static_cast<quint32>(*value);
        std::memcpy(bytes.c + word * 4, &number, sizeof number);
    }
    if (!port) {
        return std::nullopt;
    }
    QHostAddress host;
    if (!isIPv6) {
        quint32 network = 0;
        std::memcpy(&network, bytes.c, sizeof network);
        host.setAddress(qFromBigEndian(network));
    } else {
        host.setAddress(bytes);
        bool isIPv4 = false;
        const quint32 ipv4 = host.toIPv4Address(&isIPv4);
        if (isIPv4 && host != QHostAddress(QHostAddress::AnyIPv6)) {
            host.setAddress(ipv4);
        }
    }
    return SocketAddress { host, static_cast<quint16>(*port) };
}

std::optional<SocketEntry> entryOf(const QList<QByteArray>& words, SocketProtocol protocol, bool isIPv6)
{
    // sl local remote st tx:rx tr:when retrnsmt uid timeout inode …
    constexpr qsizetype needed = 10;
    if (words.size() < needed) {
        return std::nullopt;
    }
    const auto local = addressOf(words[1], isIPv6);
    const auto foreign = addressOf(words[2], isIPv6);
    const auto state = hexNumber(words[3]);
    const QList<QByteArray> queues = words[4].split(':');
    if (!local || !foreign || !state || queues.size() != 2) {
        return std::nullopt;
    }
    SocketEntry entry;
    entry.protocol = protocol;
    entry.isIPv6 = isIPv6;
    entry.local = *local;
    entry.foreign = *foreign;
    entry.state =
        *state <= static_cast<quint64>(TcpState::NewSynReceived) ? static_cast<TcpState>(*state) : TcpState::Unknown;
    entry.sendQueue = static_cast<qint64>(hexNumber(queues[0]).value_or(0) & 0xFFFFFFFFU);
    entry.receiveQueue = static_cast<qint64>(hexNumber(queues[1]).value_or(0) & 0xFFFFFFFFU);
    if (entry.isListening()) {
        entry.sendQueue = -1; // these files do not tell the backlog's size
    }
    entry.user = words[7].toUInt();
    entry.inode = words[9].toULongLong();
    return entry;
}

} // namespace

void parseProcNet(QByteArrayView text, SocketProtocol protocol, bool isIPv6, std::vector<SocketEntry>& entries)
{
    qsizetype begin = text.indexOf('\n') + 1; // the first line names the columns
    while (begin > 0 && begin < text.size()) {
        qsizetype end = text.indexOf('\n', begin);
        end = end < 0 ? text.size() : end;
        const QByteArray line = text.sliced(begin, end - begin).toByteArray().simplified();
        if (const auto entry = entryOf(line.split(' '), protocol, isIPv6)) {
            entries.push_back(*entry);
        }
        begin = end + 1;
    }
}

bool readProcNet(std::vector<SocketEntry>& entries, const QString& folder)
{
    struct Source {
        QLatin1StringView name;
        SocketProtocol protocol = SocketProtocol::Tcp;
        bool isIPv6 = false;
    };
    const Source sources[] = {
        { QLatin1StringView("tcp"), SocketProtocol::Tcp, false },
        { QLatin1StringView("tcp6"), SocketProtocol::Tcp, true },
        { QLatin1StringView("udp"), SocketProtocol::Udp, false },
        { QLatin1StringView("udp6"), SocketProtocol::Udp, true },
    };
    bool any = false;
    for (const Source& source : sources) {
        QFile file(QString(folder + u'/' + source.name));
        if (file.open(QIODevice::ReadOnly)) {
            any = true;
            parseProcNet(file.readAll(), source.protocol, source.isIPv6, entries);
        }
    }
    return any;
}

} // namespace sockeye
