// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tls/tls_layer.h"

#include <QCoreApplication>
#include <QEvent>

#include <sys/socket.h>

namespace sockeye {

namespace {

const QEvent::Type moreEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

TlsLayer::TlsLayer(TcpStream& stream, std::shared_ptr<const TlsContext> context, const QString& host)
    : m_stream(stream)
    , m_session(std::move(context), *this, host)
{
}

void TlsLayer::begin()
{
    m_stream.watchReading(true); // there is a notifier to post to from here on
    (void)m_session.handshake(); // a client speaks first
    if (m_session.isReady() || m_session.isOver()) {
        postMore(); // the answer was here at once, and who called us is not prepared for it
    }
    update();
}

bool TlsLayer::event(const QEvent& event, bool isReader)
{
    if (event.type() == QEvent::SockAct) {
        socketReady(isReader);
        return true;
    }
    if (event.type() != moreEvent) {
        return false;
    }
    m_isPosted = false;
    if (m_stream.isOpen()) {
        goOn();
    }
    return true;
}

void TlsLayer::shakeHands()
{
    if (m_session.handshake()) {
        m_isSecured = true;
        m_hasMore = m_session.hasMore();
        m_stream.m_owner.secured();
    } else if (m_session.isOver()) {
        m_stream.m_owner.readable(); // its read() tells why
    }
}

void TlsLayer::socketReady(bool isReader)
{
    if (!m_isSecured) {
        shakeHands();
    } else if (isReader) {
        m_stream.m_owner.readable();
    } else if (m_isFinishing) {
        if (m_session.finish()) {
            m_isFinishing = false;
            ::shutdown(m_stream.m_descriptor, SHUT_WR);
        }
    } else {
        m_stream.m_owner.writable();
    }
    update();
}

void TlsLayer::goOn()
{
    if (!m_isSecured) {
        shakeHands();
    } else if (m_wantsReading && m_hasMore) {
        m_stream.m_owner.readable();
    }
    update();
}

void TlsLayer::update()
{
    if (!m_stream.isOpen()) {
        return;
    }
    if (!m_isSecured) {
        const bool isUnderWay = !m_session.isReady() && !m_session.isOver();
        m_stream.watchReading(isUnderWay && !m_session.wantsToWrite());
        m_stream.watchWriting(isUnderWay && m_session.wantsToWrite());
        return;
    }
    m_stream.watchReading(m_wantsReading);
    m_stream.watchWriting(m_wantsWriting || m_isFinishing);
    if (m_wantsReading && m_hasMore) {
        postMore();
    }
}

/// From the event loop, so that other connections have their turn.
void TlsLayer::postMore()
{
    if (!m_isPosted) {
        m_isPosted = true;
        QCoreApplication::postEvent(&*m_stream.m_reader, new QEvent(moreEvent));
    }
}

Transfer TlsLayer::read(char* data, qsizetype size)
{
    if (m_isSecured || m_session.isOver()) {
        const Transfer transfer = m_session.read(data, size);
        m_hasMore = transfer.status == TransferStatus::Ok && m_session.hasMore();
        return transfer;
    }
    return {};
}

Transfer TlsLayer::write(QByteArrayView bytes)
{
    if (m_isSecured || m_session.isOver()) {
        return m_session.write(bytes);
    }
    return {};
}

bool TlsLayer::finish()
{
    m_isFinishing = !m_session.finish();
    if (m_isFinishing) {
        update();
    }
    return !m_isFinishing;
}

void TlsLayer::setReading(bool on)
{
    m_wantsReading = on;
    update();
}

void TlsLayer::setWriting(bool on)
{
    m_wantsWriting = on;
    update();
}

} // namespace sockeye
