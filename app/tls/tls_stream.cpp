// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_stream.h"

namespace sockeye {

TlsStream::TlsStream(
    std::unique_ptr<Stream> below, Stream::Owner& owner, std::shared_ptr<const TlsContext> context, const QString& host)
    : Stream(&owner)
    , m_below(std::move(below))
    , m_session(std::move(context), *this, host)
{
    m_below->setOwner(*this);
}

TlsStream::~TlsStream()
{
    close();
}

std::unique_ptr<Stream> startTls(std::unique_ptr<Stream> stream, Stream::Owner& owner,
    const std::shared_ptr<const TlsContext>& context, const QString& host, SSL_SESSION* earlier)
{
    auto secured = std::make_unique<TlsStream>(std::move(stream), owner, context, host);
    secured->begin(earlier);
    return secured;
}

void TlsStream::begin(SSL_SESSION* earlier)
{
    m_session.offer(earlier);
    (void)m_session.handshake(); // a client speaks first
    if (m_session.isReady() || m_session.isOver()) {
        callLater(); // the answer was here at once, and who called us is not prepared for it
    }
    update();
}

void TlsStream::shakeHands()
{
    if (m_session.handshake()) {
        m_isSecured = true;
        m_hasMore = m_session.hasMore();
        owner().secured();
    } else if (m_session.isOver()) {
        owner().readable(); // its read() tells why
    }
}

/// The socket has bytes, or the session has them already (callLater()).
void TlsStream::readable()
{
    if (!m_isSecured) {
        shakeHands();
    } else if (m_wantsReading) {
        owner().readable();
    }
    update();
}

void TlsStream::writable()
{
    if (!m_isSecured) {
        shakeHands();
    } else if (m_isFinishing) {
        if (m_session.finish()) {
            m_isFinishing = false;
            m_below->shutdownWrite();
        }
    } else {
        owner().writable();
    }
    update();
}

void TlsStream::update()
{
    if (!isOpen()) {
        return;
    }
    if (!m_isSecured) {
        const bool isUnderWay = !m_session.isReady() && !m_session.isOver();
        m_below->setReading(isUnderWay && !m_session.wantsToWrite());
        m_below->setWriting(isUnderWay && m_session.wantsToWrite());
        return;
    }
    m_below->setReading(m_wantsReading);
    m_below->setWriting(m_wantsWriting || m_isFinishing);
    if (m_wantsReading && m_hasMore) {
        callLater(); // from the event loop, so that other connections have their turn
    }
}

Transfer TlsStream::read(char* data, qsizetype size)
{
    if (m_isSecured || m_session.isOver()) {
        const Transfer transfer = m_session.read(data, size);
        m_hasMore = transfer.status == TransferStatus::Ok && m_session.hasMore();
        return transfer;
    }
    return {};
}

Transfer TlsStream::write(QByteArrayView bytes)
{
    if (m_isSecured || m_session.isOver()) {
        return m_session.write(bytes);
    }
    return {};
}

/// Sends close_notify; false if it, and the end of the TCP stream, follow later. Gives a handshake up.
bool TlsStream::finish()
{
    m_isFinishing = !m_session.finish();
    return !m_isFinishing;
}

void TlsStream::shutdownWrite()
{
    if (finish()) {
        m_below->shutdownWrite();
    } else {
        update(); // it does the rest once there is room
    }
}

void TlsStream::close()
{
    if (isOpen()) {
        (void)finish();
    }
    m_below->close();
}

void TlsStream::setReading(bool on)
{
    m_wantsReading = on;
    update();
}

void TlsStream::setWriting(bool on)
{
    m_wantsWriting = on;
    update();
}

Failure TlsStream::failure(Status status, const QString& subject) const
{
    if (m_session.failureCode() != FailureCode::None) {
        return makeFailure(m_session.failureCode(), subject, m_session.failureDetail());
    }
    return m_below->failure(status, subject);
}

} // namespace sockeye
