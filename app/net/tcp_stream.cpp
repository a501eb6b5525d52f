// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/tcp_stream.h"

#include "app/net/system_address.h"
#include "app/tls/tls_layer.h"

#include <QEvent>

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sockeye {

TcpStream::Notifier::Notifier(qintptr descriptor, Type type, TcpStream& stream)
    : QSocketNotifier(descriptor, type)
    , m_stream(stream)
{
}

bool TcpStream::Notifier::event(QEvent* event)
{
    if (m_stream.m_tls) [[unlikely]] {
        return m_stream.m_tls->event(*event, type() == Read) || QSocketNotifier::event(event);
    }
    if (event->type() != QEvent::SockAct) {
        return QSocketNotifier::event(event);
    }
    if (type() == Read) {
        m_stream.m_owner.readable();
    } else {
        m_stream.m_owner.writable();
    }
    return true;
}

TcpStream::TcpStream(Owner& owner)
    : m_owner(owner)
{
}

TcpStream::~TcpStream()
{
    close();
}

int TcpStream::accept(int listening)
{
    return ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

void TcpStream::adopt(int descriptor)
{
    close();
    m_tls.reset();
    m_descriptor = descriptor;
    // Kept rather than made anew: one of them may be who called us.
    if (m_reader) {
        m_reader->setSocket(descriptor);
    }
    if (m_writer) {
        m_writer->setSocket(descriptor);
    }
}

FailureCode TcpStream::connectTo(const SocketAddress& address)
{
    sockaddr_storage storage {};
    const socklen_t size = toSystem(address, storage);
    const int descriptor = ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        m_error = errno;
        return fromSystemError(m_error);
    }
    adopt(descriptor);
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&storage), size) != 0 && errno != EINPROGRESS
        && errno != EINTR) {
        m_error = errno;
        close();
        return fromSystemError(m_error);
    }
    return FailureCode::None;
}

FailureCode TcpStream::connectResult()
{
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        error = errno;
    }
    m_error = error;
    return fromSystemError(error);
}

TcpStream::Transfer TcpStream::failed()
{
    m_error = errno;
    switch (m_error) {
    case EAGAIN:
#if EWOULDBLOCK != EAGAIN
    case EWOULDBLOCK:
#endif
    case EINTR:
        return { Status::WouldBlock, 0 };
    case ECONNRESET:
    case EPIPE: // the reset came in answer to what we had written before
        return { Status::Reset, 0 };
    default:
        return { Status::Failed, 0 };
    }
}

TcpStream::Transfer TcpStream::read(char* data, qsizetype size)
{
    if (m_tls) [[unlikely]] {
        return m_tls->read(data, size);
    }
    return receive(data, size);
}

TcpStream::Transfer TcpStream::receive(char* data, qsizetype size)
{
    const ssize_t count = ::recv(m_descriptor, data, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (count > 0) {
        return { Status::Ok, count };
    }
    return count == 0 ? Transfer { Status::EndOfStream, 0 } : failed();
}

TcpStream::Transfer TcpStream::write(QByteArrayView bytes)
{
    if (m_tls) [[unlikely]] {
        return m_tls->write(bytes);
    }
    return send(bytes);
}

TcpStream::Transfer TcpStream::send(QByteArrayView bytes)
{
    const ssize_t count =
        ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    return count >= 0 ? Transfer { Status::Ok, count } : failed();
}

void TcpStream::shutdownWrite()
{
    if (m_tls && !m_tls->finish()) {
        return; // it does the rest once there is room
    }
    ::shutdown(m_descriptor, SHUT_WR);
}

int TcpStream::release()
{
    // The notifiers only go quiet: one of them may be who called us.
    watchReading(false);
    watchWriting(false);
    return std::exchange(m_descriptor, -1);
}

void TcpStream::close()
{
    if (m_tls && isOpen()) {
        (void)m_tls->finish();
    }
    closeDescriptor();
}

void TcpStream::closeDescriptor()
{
    const int descriptor = release();
    if (descriptor >= 0) {
        ::close(descriptor);
    }
}

void TcpStream::reset()
{
    if (m_descriptor >= 0) {
        const linger now { 1, 0 };
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        closeDescriptor();
    }
}

void TcpStream::setNoDelay()
{
    const int on = 1;
    ::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void TcpStream::setReading(bool on)
{
    if (m_tls) [[unlikely]] {
        m_tls->setReading(on);
        return;
    }
    watchReading(on);
}

void TcpStream::watchReading(bool on)
{
    if (m_reader) {
        m_reader->setEnabled(on);
    } else if (on) {
        m_reader.emplace(m_descriptor, QSocketNotifier::Read, *this);
    }
}

void TcpStream::setWriting(bool on)
{
    if (m_tls) [[unlikely]] {
        m_tls->setWriting(on);
        return;
    }
    watchWriting(on);
}

void TcpStream::watchWriting(bool on)
{
    if (m_writer) {
        m_writer->setEnabled(on);
    } else if (on) {
        m_writer.emplace(m_descriptor, QSocketNotifier::Write, *this);
    }
}

void TcpStream::startTls(const std::shared_ptr<const TlsContext>& context, const QString& host)
{
    m_tls = std::make_unique<TlsLayer>(*this, context, host);
    m_tls->begin();
}

bool TcpStream::isSecuring() const
{
    return m_tls && !m_tls->isSecured();
}

const TlsSession* TcpStream::tls() const
{
    return m_tls ? &m_tls->session() : nullptr;
}

Failure TcpStream::failure(Status status, const QString& subject) const
{
    if (m_tls && m_tls->session().failureCode() != FailureCode::None) {
        return makeFailure(m_tls->session().failureCode(), subject, m_tls->session().failureDetail());
    }
    return makeFailure(status == Status::Reset ? FailureCode::Reset : fromSystemError(m_error), subject);
}

SocketAddress TcpStream::local() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

SocketAddress TcpStream::peer() const
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    ::getpeername(m_descriptor, reinterpret_cast<sockaddr*>(&storage), &size);
    return fromSystem(storage);
}

bool TcpStream::peerIsGone() const
{
#ifdef POLLRDHUP
    pollfd poller { m_descriptor, POLLRDHUP, 0 };
    return ::poll(&poller, 1, 0) > 0 && (poller.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
#else
    pollfd poller { m_descriptor, 0, 0 };
    return ::poll(&poller, 1, 0) > 0 && (poller.revents & (POLLHUP | POLLERR)) != 0;
#endif
}

FailureCode fromSystemError(int error)
{
    switch (error) {
    case 0:
        return FailureCode::None;
    case ECONNREFUSED:
        return FailureCode::Refused;
    case ETIMEDOUT:
        return FailureCode::TimedOut;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EAFNOSUPPORT:
        return FailureCode::Unreachable;
    case ECONNRESET:
    case EPIPE:
        return FailureCode::Reset;
    case EADDRINUSE:
        return FailureCode::AddressInUse;
    case EADDRNOTAVAIL:
        return FailureCode::AddressNotAvailable;
    case EACCES:
    case EPERM:
        return FailureCode::NotPermitted;
    case EMSGSIZE:
        return FailureCode::TooLarge;
    case EMFILE:
    case ENFILE:
        return FailureCode::TooManyFiles;
    case ENOBUFS:
    case ENOMEM:
        return FailureCode::OutOfMemory;
    default:
        return FailureCode::Other;
    }
}

} // namespace sockeye
