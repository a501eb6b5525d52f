// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/ping.h"

#include "app/platform/posix/descriptor.h"
#include "app/platform/posix/system_address.h"
#include "app/platform/system_error.h"

#include <QBasicTimer>
#include <QSocketNotifier>
#include <QTimerEvent>

#include <array>
#include <cerrno>
#include <utility>

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

namespace sockeye {

namespace {

/// As much as ping sends: what is in it does not matter.
constexpr std::size_t packetSize = 64;

} // namespace

/// What is sent and waited for.
class Ping::Echo final : public QObject {
public:
    explicit Echo(Ping& ping)
        : m_ping(ping)
    {
    }
    void start(const QHostAddress& address, std::chrono::milliseconds timeout);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void readable();
    void end(Outcome outcome);
    void endLater(Outcome outcome);
    [[nodiscard]] Outcome open(const QHostAddress& address);

    Ping& m_ping;
    Descriptor m_descriptor;
    bool m_isIPv6 = false;
    Outcome m_outcome = Outcome::Silent; ///< when the timer ends it
    std::unique_ptr<QSocketNotifier> m_notifier; ///< after what it watches, so that it goes first
    QBasicTimer m_timer;
};

void Ping::Echo::start(const QHostAddress& address, std::chrono::milliseconds timeout)
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
    if (::send(m_descriptor.number(), packet.data(), packet.size(), MSG_NOSIGNAL) < 0) {
        endLater(fromSystemError(errno) == FailureCode::NotPermitted ? Outcome::NotPermitted : Outcome::Unreachable);
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor.number(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Echo::readable);
    m_outcome = Outcome::Silent;
    m_timer.start(static_cast<int>(timeout.count()), this);
}

/// Answered: it is open.
Ping::Outcome Ping::Echo::open(const QHostAddress& address)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem({ address, 0 }, storage);
    m_isIPv6 = storage.ss_family == AF_INET6;
    m_descriptor = Descriptor(::socket(
        storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, m_isIPv6 ? int(IPPROTO_ICMPV6) : IPPROTO_ICMP));
    if (!m_descriptor.isValid()) {
        const FailureCode code = fromSystemError(errno);
        const bool isShort = code == FailureCode::TooManyFiles || code == FailureCode::OutOfMemory;
        return isShort ? Outcome::NoDescriptor : Outcome::NotPermitted;
    }
    // So that routers' refusals reach us, too.
    const int on = 1;
    if (m_isIPv6) {
        ::setsockopt(m_descriptor.number(), IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
    } else {
        ::setsockopt(m_descriptor.number(), IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    }
    if (::connect(m_descriptor.number(), reinterpret_cast<const sockaddr*>(&storage), size) != 0) {
        return fromSystemError(errno) == FailureCode::NotPermitted ? Outcome::NotPermitted : Outcome::Unreachable;
    }
    return Outcome::Answered;
}

void Ping::Echo::readable()
{
    std::array<char, 2048> reply {};
    const ssize_t size = ::recv(m_descriptor.number(), reply.data(), reply.size(), MSG_DONTWAIT);
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

void Ping::Echo::endLater(Outcome outcome)
{
    m_outcome = outcome;
    m_timer.start(0, this);
}

void Ping::Echo::end(Outcome outcome)
{
    m_timer.stop();
    if (m_notifier) {
        m_notifier->setEnabled(false);
    }
    Q_EMIT m_ping.ended(outcome);
}

void Ping::Echo::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_timer.timerId()) {
        end(m_outcome);
    }
}

Ping::Ping(QObject* parent)
    : QObject(parent)
    , m_echo(std::make_unique<Echo>(*this))
{
}

Ping::~Ping() = default;

void Ping::start(const QHostAddress& address, std::chrono::milliseconds timeout)
{
    m_echo->start(address, timeout);
}

} // namespace sockeye
