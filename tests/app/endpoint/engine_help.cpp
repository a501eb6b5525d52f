// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/endpoint/engine_help.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockeye {

void Witness::event(const CaptureEvent& event)
{
    Seen seen { event.kind, event.direction, event.closeKind, event.connection, event.offset, event.bytes.toByteArray(),
        event.code, event.text, event.facts };
    const std::lock_guard lock(m_mutex);
    m_events.append(std::move(seen));
}

QList<Seen> Witness::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_events;
}

QList<Seen> Witness::of(EventKind kind, quint32 connection) const
{
    QList<Seen> list;
    const std::lock_guard lock(m_mutex);
    std::ranges::copy_if(m_events, std::back_inserter(list),
        [&](const Seen& seen) { return seen.kind == kind && seen.connection == connection; });
    return list;
}

QList<Seen> Witness::errors() const
{
    QList<Seen> list;
    const std::lock_guard lock(m_mutex);
    std::ranges::copy_if(
        m_events, std::back_inserter(list), [](const Seen& seen) { return seen.kind == EventKind::Error; });
    return list;
}

QByteArray Witness::stream(quint32 connection, Direction direction) const
{
    QByteArray bytes;
    const std::lock_guard lock(m_mutex);
    for (const Seen& seen : m_events) {
        if (seen.kind == EventKind::Chunk && seen.connection == connection && seen.direction == direction) {
            bytes += seen.bytes;
        }
    }
    return bytes;
}

Watched::Watched(const ProtocolPtr& protocol)
    : witness(std::make_shared<Witness>())
{
    CaptureOptions options;
    options.protocol = protocol;
    options.record = false;
    options.observer = witness;
    capture = Capture::create(options);
}

namespace {

sockaddr_in systemAddress(const SocketAddress& address)
{
    sockaddr_in system {};
    system.sin_family = AF_INET;
    system.sin_port = htons(address.port);
    system.sin_addr.s_addr = htonl(address.host.toIPv4Address());
    return system;
}

void setPatience(int descriptor)
{
    const timeval patience { 10, 0 };
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

Peer::Peer(const SocketAddress& server)
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    setPatience(m_descriptor);
    const sockaddr_in to = systemAddress(server);
    m_connected = ::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

Peer::Peer(int descriptor)
    : m_descriptor(descriptor)
    , m_connected(descriptor >= 0)
{
    setPatience(m_descriptor);
}

Peer::Peer(Peer&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_connected(other.m_connected)
    , m_end(other.m_end)
{
}

Peer::~Peer()
{
    close();
}

void Peer::send(QByteArrayView bytes) const
{
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        bytes = bytes.sliced(sent);
    }
}

qint64 Peer::sendWhatFits(QByteArrayView bytes) const
{
    const ssize_t sent =
        ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    return std::max<ssize_t>(sent, 0);
}

qint64 Peer::sendUntilStuck(QByteArrayView bytes, int most) const
{
    constexpr int aWhile = 200; // ms
    qint64 total = 0;
    pollfd writable { m_descriptor, POLLOUT, 0 };
    while (total < most * bytes.size() && ::poll(&writable, 1, aWhile) > 0) {
        const qint64 sent = sendWhatFits(bytes);
        if (sent == 0 && (writable.revents & (POLLERR | POLLHUP)) != 0) {
            break;
        }
        total += sent;
    }
    return total;
}

void Peer::sendUrgent(char byte) const
{
    (void)::send(m_descriptor, &byte, 1, MSG_OOB | MSG_NOSIGNAL);
}

void Peer::finish() const
{
    ::shutdown(m_descriptor, SHUT_WR);
}

void Peer::reset()
{
    const linger now { 1, 0 };
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void Peer::close()
{
    if (m_descriptor >= 0) {
        ::close(std::exchange(m_descriptor, -1));
    }
}

QByteArray Peer::read(qsizetype size)
{
    QByteArray bytes;
    std::array<char, 65536> buffer {};
    while (bytes.size() < size) {
        const auto room = std::min<qsizetype>(size - bytes.size(), buffer.size());
        const ssize_t count = ::recv(m_descriptor, buffer.data(), static_cast<std::size_t>(room), 0);
        if (count <= 0) {
            m_end = count == 0 ? End::EndOfStream : errno == ECONNRESET ? End::Reset : End::Open;
            break;
        }
        bytes.append(buffer.data(), count);
    }
    return bytes;
}

QByteArray Peer::readMessage()
{
    QByteArray message = read(2);
    if (message.size() < 2) {
        return message;
    }
    message += read(static_cast<uchar>(message[0]) * 256 + static_cast<uchar>(message[1]));
    const QByteArray key = "\"content-length\": ";
    const qsizetype length = message.indexOf(key) + key.size();
    message += read(message.mid(length, message.indexOf('}', length) - length).toInt());
    return message;
}

QByteArray Peer::readToEnd()
{
    return read(std::numeric_limits<qsizetype>::max());
}

void Peer::setReceiveBuffer(int bytes) const
{
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

PlainListener::PlainListener()
    : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    setPatience(m_descriptor);
    sockaddr_in system = systemAddress({ QHostAddress(QHostAddress::LocalHost), 0 });
    ::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&system), sizeof system);
    ::listen(m_descriptor, 1024); // a full backlog would make hundreds at once wait for SYN again, for seconds
    socklen_t size = sizeof system;
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&system), &size);
    m_address = { QHostAddress(QHostAddress::LocalHost), ntohs(system.sin_port) };
}

PlainListener::~PlainListener()
{
    ::close(m_descriptor);
}

Peer PlainListener::accept() const
{
    return Peer(::accept(m_descriptor, nullptr, nullptr));
}

const QList<ExchangeVector>& vectors()
{
    static const QList<ExchangeVector> list = [] {
        QList<ExchangeVector> read;
        QFile file(qEnvironmentVariable("SOCKEYE_TEST_DATA") + QStringLiteral("/vectors.json"));
        if (!file.open(QIODevice::ReadOnly)) {
            qFatal("no golden vectors");
        }
        const QJsonArray exchanges = QJsonDocument::fromJson(file.readAll())[u"exchanges"].toArray();
        for (const QJsonValue& value : exchanges) {
            const auto bytes = [&value](
                                   QStringView key) { return QByteArray::fromHex(value[key].toString().toLatin1()); };
            read.append({ value[u"name"].toString().toUtf8(), bytes(u"request"), bytes(u"reply") });
        }
        return read;
    }();
    return list;
}

ServerOptions testOptions(bool persistent)
{
    ServerOptions options;
    options.port = 0;
    options.serviceOptions.persistent = persistent;
    options.serviceOptions.claimed = ByteOrder::Little;
    return options;
}

bool startAndWait(Server& server, const ServerOptions& options)
{
    server.start(options);
    return QTest::qWaitFor([&] { return server.state() == Server::State::Listening; });
}

} // namespace sockeye
