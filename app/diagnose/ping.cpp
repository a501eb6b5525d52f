// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/ping.h"

#include "app/platform/system_address.h"
#include "app/platform/system_error.h"

#include <QTimerEvent>

#include <array>
#include <cerrno>
#include <utility>

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockeye {

namespace {

/// As much as ping sends: what is in it does not matter.
constexpr std::size_t packetSize = 64;

} // namespace

Ping::Ping(QObject* parent)
    : QObject(parent)
{
}

Ping::~Ping()
{
    m_notifier.reset();
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void Ping::start(const QHostAddress& address, std::chrono::milliseconds timeout)
{
    const Outcome opened = open(address);
    if (opened != Outcome::Answered) {
        endLater(opened);
        return;
    }
    // The kernel fills in identifier and checksum, and gives us no replies but to our own requests.
    std::array<char, packetSize> packet {};
    packet[0] = static_cast<char>(m_isIPv6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO);
    packet[7] = 1; // sequence number
    if (::send(m_descriptor, packet.data(), packet.size(), MSG_NOSIGNAL) < 0) {
        endLater(fromSystemError(errno) == FailureCode::NotPermitted ? Outcome::NotPermitted : Outcome::Unreachable);
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Ping::readable);
    m_outcome = Outcome::Silent;
    m_timer.start(static_cast<int>(timeout.count()), this);
}

/// Answered: it is open.
Ping::Outcome Ping::open(const QHostAddress& address)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem({ address, 0 }, storage);
    m_isIPv6 = storage.ss_family == AF_INET6;
    m_descriptor = ::socket(
        storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, m_isIPv6 ? int(IPPROTO_ICMPV6) : IPPROTO_ICMP);
    if (m_descriptor < 0) {
        const FailureCode code = fromSystemError(errno);
        const bool isShort = code == FailureCode::TooManyFiles || code == FailureCode::OutOfMemory;
        return isShort ? Outcome::NoDescriptor : Outcome::NotPermitted;
    }
    // So that routers' refusals reach us, too.
    const int on = 1;
    if (m_isIPv6) {
        ::setsockopt(m_descriptor, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
    } else {
        ::setsockopt(m_descriptor, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    }
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        return fromSystemError(errno) == FailureCode::NotPermitted ? Outcome::NotPermitted : Outcome::Unreachable;
    }
    return Outcome::Answered;
}

void Ping::readable()
{
    std::array<char, 2048> reply {};
    const ssize_t size = ::recv(m_descriptor, reply.data(), reply.size(), MSG_DONTWAIT);
    if (size < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            end(Outcome::Unreachable);
        }
        return;
    }
    const auto type = size > 0 ? static_cast<unsigned char>(reply[0]) : 0xFFU;
    if (type == (m_isIPv6 ? unsigned(ICMP6_ECHO_REPLY) : unsigned(ICMP_ECHOREPLY))) {
        end(Outcome::Answered);
    }
}

void Ping::endLater(Outcome outcome)
{
    m_outcome = outcome;
    m_timer.start(0, this);
}

void Ping::end(Outcome outcome)
{
    m_timer.stop();
    if (m_notifier) {
        m_notifier->setEnabled(false);
    }
    Q_EMIT ended(outcome);
}

void Ping::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        end(m_outcome);
    }
}

} // namespace sockeye
