// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_link.h"

#include "app/endpoint/many_core.h"
#include "app/tls/tls_session.h"
#include "app/tls/tls_stream.h"

#include <QCoreApplication>

namespace sockeye {

ManyLink::ManyLink(ManyCore& core, quint32 id)
    : m_core(core)
    , m_lastActivity(std::chrono::steady_clock::now())
    , m_id(id)
{
}

void ManyLink::adopt(std::unique_ptr<Stream> stream)
{
    m_stream = std::move(stream);
    m_stream->setOwner(*this);
    begin();
}

/// The connection is established.
void ManyLink::begin()
{
    m_stream->setNoDelay(); // each message leaves at once
    m_open = true;
    const std::shared_ptr<const TlsContext>& tls = m_core.tls();
    m_core.recorder().opened(
        m_id, { Transport::Tcp, m_stream->local(), m_stream->peer(), true, false, tls != nullptr });
    m_core.opened(*this);
    if (tls) {
        m_stream = startTls(std::move(m_stream), *this, tls, m_core.options().host);
    }
    m_stream->setReading(true);
    if (!tls) {
        sendMessages();
    }
}

void ManyLink::secured()
{
    if (!m_over) {
        m_core.recorder().tls(m_id, *m_stream->tls());
        m_core.touch(*this);
        sendMessages();
    }
}

void ManyLink::connectTo(const SocketAddress& address)
{
    m_stream = m_core.options().engine->newStream(this);
    const FailureCode code = m_stream->connectTo(address);
    if (code == FailureCode::None) {
        m_stream->setWriting(true);
    } else {
        fail(code);
    }
}

void ManyLink::writable()
{
    if (m_over) {
        return;
    }
    m_stream->setWriting(false);
    if (m_open) {
        sendMessages();
        return;
    }
    const FailureCode code = m_stream->connectResult();
    if (code == FailureCode::None) {
        begin();
    } else {
        fail(code);
    }
}

void ManyLink::sendMessages()
{
    const QList<QByteArray>& messages = m_core.options().messages;
    while (m_message < messages.size()) {
        const QByteArrayView rest = QByteArrayView(messages[m_message]).sliced(m_messageSent);
        if (!rest.isEmpty()) {
            const Stream::Transfer transfer = m_stream->write(rest);
            if (transfer.status == Stream::Status::WouldBlock) {
                m_stream->setWriting(true);
                return;
            }
            if (transfer.status != Stream::Status::Ok) {
                return; // reading tells what happened, after what had come before
            }
            m_core.recorder().segment(m_id, Direction::Out, rest.first(transfer.size));
            m_core.sent(*this, transfer.size);
            m_sent += transfer.size;
            m_messageSent += transfer.size;
        }
        if (m_messageSent == messages[m_message].size()) {
            ++m_message;
            m_messageSent = 0;
        }
    }
    if (m_received >= m_core.expected().size()) {
        finish(m_changed ? End::Changed : End::Intact, CloseKind::Orderly);
    }
}

void ManyLink::readable()
{
    if (m_over) {
        return;
    }
    const Stream::Transfer transfer = m_stream->read(m_core.scratch(), ManyCore::scratchSize);
    switch (transfer.status) {
    case Stream::Status::WouldBlock:
        break;
    case Stream::Status::Ok:
        take({ m_core.scratch(), transfer.size });
        break;
    case Stream::Status::EndOfStream:
        m_core.recorder().peerFinished(m_id, *m_stream);
        m_core.noteShort(*this, FailureCode::ClosedEarly);
        finish(End::TooShort, CloseKind::Orderly);
        break;
    case Stream::Status::Reset:
    case Stream::Status::Failed:
        m_core.recorder().stray(m_id, *m_stream);
        fail(m_stream->failure(transfer.status, m_core.subject()));
        break;
    }
}

void ManyLink::take(QByteArrayView bytes)
{
    m_core.recorder().segment(m_id, Direction::In, bytes);
    m_core.received(*this, bytes.size());
    const QByteArrayView expected(m_core.expected());
    const qsizetype compared = std::min<qint64>(bytes.size(), expected.size() - m_received);
    m_changed = m_changed || bytes.size() > compared || bytes.first(compared) != expected.sliced(m_received, compared);
    m_received += bytes.size();
    if (m_received >= expected.size() && m_message == m_core.options().messages.size()) {
        finish(m_changed ? End::Changed : End::Intact, CloseKind::Orderly);
    }
}

void ManyLink::expire()
{
    if (m_stream->isSecuring()) {
        fail(FailureCode::TlsSilent);
    } else if (m_open) {
        m_core.noteShort(*this, FailureCode::NoReply);
        finish(End::TooShort, CloseKind::Orderly);
    } else {
        fail(FailureCode::TimedOut);
    }
}

void ManyLink::giveUp()
{
    finish(End::Failed, CloseKind::Orderly);
}

void ManyLink::fail(FailureCode code)
{
    fail(makeFailure(code, m_core.subject()));
}

void ManyLink::fail(const Failure& failure)
{
    m_core.noteFailure(m_open ? m_id : 0, failure);
    finish(End::Failed, failure.code == FailureCode::Reset ? CloseKind::ResetByPeer : CloseKind::Failed);
}

void ManyLink::finish(End end, CloseKind kind)
{
    m_over = true;
    m_stream->close();
    if (m_open) {
        m_core.recorder().closed(m_id, kind);
    }
    m_core.ended(*this, end);
}

} // namespace sockeye
