// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/many_link.h"

#include "app/endpoint/many_core.h"

namespace sockeye {

ManyLink::ManyLink(ManyCore& core, quint32 id)
    : m_core(core)
    , m_channel(*this, core.recorder(), id)
    , m_lastActivity(std::chrono::steady_clock::now())
    , m_id(id)
{
}

void ManyLink::adopt(std::unique_ptr<Stream> stream)
{
    m_channel.adopt(std::move(stream));
    begin();
}

void ManyLink::connectTo(const SocketAddress& address)
{
    const FailureCode code = m_channel.connectTo(*m_core.options().engine, address, m_core.options().socket);
    if (code != FailureCode::None) {
        notConnected(makeConnectFailure(code, m_core.subject()));
    }
}

void ManyLink::connectByProxy()
{
    m_connector = std::make_unique<Connector>(nullptr);
    QObject::connect(
        m_connector.get(), &Connector::connected, m_connector.get(), [this] { adopt(m_connector->takeStream()); });
    QObject::connect(m_connector.get(), &Connector::failed, m_connector.get(),
        [this](const Failure& failure) { notConnected(failure); });
    m_connector->start(m_core.target());
}

void ManyLink::connected(FailureCode result)
{
    if (result == FailureCode::None) {
        begin();
    } else {
        notConnected(makeConnectFailure(result, m_core.subject()));
    }
}

void ManyLink::notConnected(const Failure& failure)
{
    m_core.noteFailure(0, failure);
    m_core.ended(*this, End::Failed);
}

void ManyLink::begin()
{
    m_open = true;
    const std::shared_ptr<const TlsContext>& tls = m_core.tls();
    m_core.opened(*this);
    m_channel.open(true, tls, m_core.options().host);
    m_channel.setReading(true);
    if (!tls) {
        sendMessages();
    }
}

void ManyLink::secured()
{
    m_core.touch(*this);
    sendMessages();
}

void ManyLink::writable()
{
    sendMessages();
}

void ManyLink::sendMessages()
{
    const QList<QByteArray>& messages = m_core.options().messages;
    while (m_message < messages.size()) {
        const QByteArrayView rest = QByteArrayView(messages[m_message]).sliced(m_messageSent);
        if (!rest.isEmpty()) {
            const qsizetype sent = m_channel.write(rest);
            if (sent <= 0) {
                return; // writable() follows, or reading tells what happened, after what had come before
            }
            m_core.sent(*this, sent);
            m_sent += sent;
            m_messageSent += sent;
        }
        if (m_messageSent == messages[m_message].size()) {
            ++m_message;
            m_messageSent = 0;
        }
    }
    if (m_received >= m_core.expected().size()) {
        finish(m_changed ? End::Changed : End::Intact);
    }
}

std::span<char> ManyLink::room()
{
    return { m_core.scratch(), ManyCore::scratchSize };
}

void ManyLink::received(QByteArrayView bytes)
{
    m_core.received(*this, bytes.size());
    const QByteArrayView expected(m_core.expected());
    const qsizetype compared = std::min<qint64>(bytes.size(), expected.size() - m_received);
    m_changed = m_changed || bytes.size() > compared || bytes.first(compared) != expected.sliced(m_received, compared);
    m_received += bytes.size();
    if (m_received >= expected.size() && m_message == m_core.options().messages.size()) {
        finish(m_changed ? End::Changed : End::Intact);
    }
}

void ManyLink::peerFinished()
{
    m_core.noteShort(*this, FailureCode::ClosedEarly);
    finish(End::TooShort);
}

void ManyLink::expire()
{
    if (!m_open) {
        m_core.noteFailure(0, makeFailure(FailureCode::TimedOut, m_core.subject()));
        finish(End::Failed);
    } else if (m_channel.stream().isSecuring()) {
        m_core.noteFailure(m_id, makeFailure(FailureCode::TlsSilent, m_core.subject()));
        finish(End::Failed, CloseKind::Failed);
    } else {
        m_core.noteShort(*this, FailureCode::NoReply);
        finish(End::TooShort);
    }
}

void ManyLink::giveUp()
{
    finish(End::Failed);
}

void ManyLink::lost(TransferStatus status)
{
    m_core.noteFailure(m_id, m_channel.stream().failure(status, m_core.subject()));
}

void ManyLink::finish(End end, CloseKind kind)
{
    if (m_connector && !m_open) { // there is no stream yet
        m_connector->stop();
        m_core.ended(*this, end);
        return;
    }
    m_end = end;
    m_channel.closeNow(kind);
}

void ManyLink::ended(CloseKind kind)
{
    Q_UNUSED(kind) // it is recorded
    m_core.ended(*this, m_end);
}

} // namespace sockeye
