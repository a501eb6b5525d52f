// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a client does with its connection, and what it makes of what happens to it.

#include "app/endpoint/client_core.h"

#include "app/endpoint/client_link.h"
#include "app/endpoint/datagram_link.h"

#include <algorithm>
#include <utility>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr int mostWaiting = 64; ///< sockets that wait for answers of others; each takes a descriptor

} // namespace

void ClientCore::connected()
{
    m_link = newLink();
    m_exchange.connected = elapsed();
    connect(m_link, &ClientChannel::progressed, this, &ClientCore::restartReplyTimer);
    connect(m_link, &ClientChannel::sentAll, this, [this] {
        if (m_job) {
            m_exchange.sent = elapsed();
            completeIfDone();
        }
    });
    connect(m_link, &ClientChannel::halfClosed, this, [this] {
        if (m_link == sender()) {
            setState(Client::State::HalfClosed);
        }
    });
    connect(m_link, &ClientChannel::received, this, &ClientCore::linkReceived);
    connect(m_link, &ClientChannel::peerFinished, this, &ClientCore::linkPeerFinished);
    connect(m_link, &ClientChannel::over, this, &ClientCore::linkOver);
    connect(m_link, &ClientChannel::ready, this, &ClientCore::linkReady);
    m_peer = m_link->peer();
    m_exchange.connection = m_link->id();
    m_exchange.peer = m_peer;
    if (const auto& proxy = m_job->options.proxy; proxy && m_job->options.transport == Transport::Tcp) {
        m_recorder.note(m_link->id(),
            tr("Through the proxy %1 to %2.")
                .arg(proxyText(*proxy), placeText(m_job->options.host, m_job->options.port)));
    }
    if (m_link->isReady()) {
        linkReady();
    } else if (m_job->options.connectTimeout > 0ms) {
        m_replyTimer.start(static_cast<int>(std::min<std::chrono::milliseconds::rep>(
                               m_job->options.connectTimeout.count(), 24 * 3600 * 1000)),
            this);
    }
}

void ClientCore::linkReady()
{
    m_replyTimer.stop();
    if (m_job->options.tls.on && m_job->options.transport == Transport::Tcp) {
        m_exchange.secured = elapsed();
    }
    setState(Client::State::Connected);
    sendPlan();
}

ClientChannel* ClientCore::newLink()
{
    const quint32 id = ++m_lastId;
    if (m_job->options.transport == Transport::Udp) {
        return new DatagramLink(m_connector.takeDatagramSocket(), id, m_job->options, m_recorder, this);
    }
    const bool isTls = m_job->options.tls.on;
    return new ClientLink(m_connector.takeStream(), id, m_job->options,
        isTls ? m_tls : std::shared_ptr<const TlsContext>(), m_recorder, this);
}

void ClientCore::linkReceived()
{
    if (!m_job) {
        return;
    }
    if (m_exchange.firstByte < 0) {
        m_exchange.firstByte = elapsed();
    }
    if (m_job->plan && (m_job->plan->untilClose || m_job->endsInSilence())) {
        restartReplyTimer(); // it may be long: each byte is a sign of life
    }
    if (m_link->reply() || isReplyByPlan()) {
        completeIfDone();
    } else if (const std::optional<Error> error = m_link->framingError()) {
        m_recorder.error(m_link->id(), codeName(error->code), describe(*error), error->offset);
        finishExchange(makeFailure(FailureCode::BadMessage, subject(), describe(*error)));
    }
}

/// Where whoever sends knows a reply when it comes; it is taken as one then.
bool ClientCore::isReplyByPlan()
{
    const bool isAsked = m_job->plan && m_job->plan->isReply && m_job->plan->expectReply && m_job->endsInSilence()
        && !m_job->plan->untilClose && m_link->replySize() <= SendPlan::maxAsked;
    if (!isAsked) {
        return false;
    }
    Exchange soFar = m_exchange;
    soFar.reply = m_link->replyBytes();
    soFar.replySize = soFar.reply.size();
    soFar.replyOffset = m_link->replyOffset();
    soFar.whole = elapsed();
    return m_job->plan->isReply(soFar) && m_link->takeAsReply();
}

void ClientCore::linkPeerFinished()
{
    if (!m_job) {
        leaveLink();
        return;
    }
    // A byte service may end its reply by closing.
    const bool endIsOpen = m_job->options.protocol->replyEnd() == ReplyEnd::Amount;
    if (m_job->plan && m_job->plan->expectReply && !m_link->reply() && endIsOpen && !m_link->speaksTls()) {
        m_link->takeAsReply();
    }
    if (m_link->isSending() && (m_link->reply() || !m_job->plan->expectReply)) {
        return; // it has nothing more to say, but may still listen
    }
    if (m_link->reply()) {
        m_replyHasEnded = true;
        completeIfDone();
        leaveLink();
        return;
    }
    if (m_link->speaksTls()) {
        fail(makeFailure(FailureCode::TlsNotExpected, subject(), Circumstance::TlsAlertCame));
        return;
    }
    const std::optional<Error> error = m_link->framingError();
    fail(makeFailure(FailureCode::ClosedEarly, subject(), error ? describe(*error) : QString()));
}

void ClientCore::linkOver(CloseKind kind)
{
    auto* const link = static_cast<ClientChannel*>(sender());
    link->deleteLater();
    if (link != m_link) {
        --m_left; // one that was left to close by itself
        tellLingering();
        return;
    }
    Failure failure;
    if (kind != CloseKind::Orderly && link->speaksTls()) {
        failure = makeFailure(FailureCode::TlsNotExpected, subject(), Circumstance::TlsAlertCame);
    } else if (kind == CloseKind::ResetByPeer) {
        failure = failureFor(FailureCode::Reset);
    } else if (kind == CloseKind::Failed) {
        failure = link->failure(subject());
    } else if (m_job) {
        failure = cancelled();
    }
    if (kind == CloseKind::Failed && tryNextAddress(failure)) {
        return;
    }
    m_linkIsOver = true;
    if (m_job && m_job->plan && m_link->reply()) {
        finishExchange({}); // its last words were the reply, even if not everything was sent
    } else if (m_job) {
        fail(failure);
    } else if (failure) {
        m_recorder.error(link->id(), codeName(failure.code), failure.oneLine());
        Q_EMIT failed(failure);
    }
    m_linkIsOver = false;
    if (m_link == link) {
        m_link = nullptr;
        setState(Client::State::Disconnected);
    }
}

/// Over UDP nobody says yes: that an address is no good is known only when something was sent there.
bool ClientCore::tryNextAddress(const Failure& failure)
{
    const bool isDatagrams = m_job && m_job->options.transport == Transport::Udp;
    if (!isDatagrams || m_exchange.reused || m_exchange.firstByte >= 0 || !m_connector.hasMore()) {
        return false;
    }
    m_link = nullptr;
    m_replyTimer.stop();
    setState(Client::State::Connecting);
    m_connector.goOn(failure.code);
    return true;
}

void ClientCore::leaveLink(bool peerFirst)
{
    if (m_link != nullptr) {
        ClientChannel* const left = std::exchange(m_link, nullptr);
        if (!m_linkIsOver) {
            if (m_left >= mostWaiting && qobject_cast<DatagramLink*>(left) != nullptr) {
                left->reset(); // of which nobody hears
            } else {
                left->closeOrderly(peerFirst);
            }
            ++m_left;
            tellLingering();
        }
        setState(Client::State::Disconnected);
    }
}

} // namespace sockeye
