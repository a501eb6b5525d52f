// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/net/native/native_stream.h"

#include "app/net/native/native_engine.h"
#include "app/platform/system_error.h"

#include <QCoreApplication>
#include <QEvent>

namespace sockeye {

namespace {

const QEvent::Type laterEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

NativeStream::Notifier::Notifier(NativeStream& stream, Type type)
    : QSocketNotifier(stream.m_socket.descriptor(), type)
    , m_stream(stream)
{
}

bool NativeStream::Notifier::event(QEvent* event)
{
    if (event->type() == QEvent::SockAct) {
        if (type() == Read) {
            m_stream.owner().readable();
        } else {
            m_stream.owner().writable();
        }
        return true;
    }
    if (event->type() == laterEvent) {
        m_stream.m_isCalledLater = false;
        if (m_stream.isOpen()) {
            m_stream.owner().readable();
        }
        return true;
    }
    return QSocketNotifier::event(event);
}

NativeStream::NativeStream(Owner* owner)
    : Stream(owner)
{
}

NativeStream::NativeStream(TcpSocket&& accepted)
    : Stream(nullptr)
    , m_socket(std::move(accepted))
{
}

NativeStream::~NativeStream()
{
    close();
}

void NativeStream::moveTo(QThread* thread)
{
    for (auto* const notifier : { &m_reader, &m_writer }) {
        if (*notifier) {
            (*notifier)->moveToThread(thread);
        }
    }
}

FailureCode NativeStream::connectTo(const SocketAddress& address, const SocketOptions& options)
{
    close();
    const FailureCode code = m_socket.connectTo(address, options);
    // Kept rather than made anew: one of them may be who called us.
    for (auto* const notifier : { &m_reader, &m_writer }) {
        if (*notifier && m_socket.isOpen()) {
            (*notifier)->setSocket(m_socket.descriptor());
        }
    }
    return code;
}

/// The notifiers only go quiet: one of them may be who called us.
void NativeStream::quiet()
{
    setReading(false);
    setWriting(false);
}

void NativeStream::close()
{
    quiet();
    m_socket.close();
}

void NativeStream::reset()
{
    quiet();
    m_socket.reset();
}

void NativeStream::setReading(bool on)
{
    if (m_reader) {
        m_reader->setEnabled(on);
    } else if (on) {
        m_reader.emplace(*this, QSocketNotifier::Read);
    }
}

void NativeStream::setWriting(bool on)
{
    if (m_writer) {
        m_writer->setEnabled(on);
    } else if (on) {
        m_writer.emplace(*this, QSocketNotifier::Write);
    }
}

void NativeStream::callLater()
{
    if (m_isCalledLater) {
        return;
    }
    if (!m_reader) {
        m_reader.emplace(*this, QSocketNotifier::Read);
        m_reader->setEnabled(false);
    }
    m_isCalledLater = true;
    QCoreApplication::postEvent(&*m_reader, new QEvent(laterEvent));
}

const EngineCapabilities& NativeStream::capabilities() const
{
    static const EngineCapabilities ofUnix = [] {
        EngineCapabilities all = nativeEngine().capabilities();
        all.sendsReset = false;
        return all;
    }();
    return m_socket.isUnix() ? ofUnix : nativeEngine().capabilities();
}

Failure NativeStream::failure(Status status, const QString& subject) const
{
    return m_socket.isUnix() ? makeUnixFailure(status == Status::Reset ? FailureCode::Reset : lastFailure(), subject)
                             : Stream::failure(status, subject);
}

FailureCode NativeStream::lastFailure() const
{
    return fromSystemError(m_socket.lastError());
}

} // namespace sockeye
