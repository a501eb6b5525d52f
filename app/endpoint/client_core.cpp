// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/client_core.h"

#include "app/endpoint/client_link.h"
#include "app/endpoint/datagram_link.h"
#include "app/tls/file_stamp.h"
#include "protocol/text/describe_bytes.h"

#include <QTimerEvent>

#include <algorithm>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

/// Whether a reply may be over when nothing more has come for a while.
bool endsByTime(FramingKind framing)
{
    return framing == FramingKind::Raw || framing == FramingKind::Datagram;
}

} // namespace

ClientCore::ClientCore(Client& client, const std::shared_ptr<Capture>& capture)
    : m_client(client)
    , m_recorder(capture)
    , m_connector(nullptr)
{
    // Move to the I/O thread together with this.
    m_recorder.setParent(this);
    m_connector.setParent(this);
    connect(&m_connector, &Connector::resolved, this, [this] {
        m_exchange.resolved = elapsed();
        setState(Client::State::Connecting);
    });
    connect(&m_connector, &Connector::attemptFailed, this,
        [this](const Failure& failure) { m_recorder.note(0, failure.what); });
    connect(&m_connector, &Connector::connected, this, &ClientCore::connected);
    connect(&m_connector, &Connector::failed, this, &ClientCore::fail);
}

void ClientCore::add(Job job)
{
    m_jobs.push_back(std::move(job));
    beginNext();
}

void ClientCore::beginLater()
{
    if (!m_jobs.empty()) {
        m_beginTimer.start(0, this);
    }
}

void ClientCore::beginNext()
{
    if (m_job || m_jobs.empty()) {
        return;
    }
    m_job = std::move(m_jobs.front());
    m_jobs.pop_front();
    begin();
}

void ClientCore::begin()
{
    m_exchange = {};
    m_exchange.startedAt = m_job->startedAt;
    const ClientOptions& options = m_job->options;
    if (options.transport == Transport::Udp && m_job->plan) {
        const qint64 largest = DatagramLink::largestDatagram(*m_job->plan);
        if (largest > maxDatagram) {
            fail(makeFailure(FailureCode::TooLarge, tr("What is to be sent, %1 bytes,").arg(groupedDigits(largest))));
            return;
        }
    }
    if (m_link != nullptr && options.persistent && m_link->leadsTo(options)) {
        m_exchange.reused = true;
        sendPlan();
        return;
    }
    leaveLink();
    if (options.tls.on && !prepareTls()) {
        return;
    }
    if (m_engine != options.engine && options.transport == Transport::Tcp) {
        m_engine = options.engine;
        m_recorder.limitsOf(*m_engine);
    }
    setState(Client::State::Resolving);
    m_connector.start(
        { options.host, options.port, options.family, options.connectTimeout, options.transport, options.engine });
}

bool ClientCore::prepareTls()
{
    const TlsClientOptions& wanted = m_job->options.tls;
    const QString stamp = fileStamp({ wanted.authorityFile, wanted.certificateFile, wanted.keyFile });
    if (!m_tls || m_tlsOptions != wanted || m_tlsStamp != stamp) {
        const TlsContext::Made made = TlsContext::forClient(wanted);
        if (!made) {
            fail(made.error());
            return false;
        }
        m_tlsOptions = wanted;
        m_tlsStamp = stamp;
        m_tls = *made;
    }
    return true;
}

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

void ClientCore::sendPlan()
{
    m_exchange.connection = m_link->id();
    m_exchange.peer = m_link->peer();
    m_exchange.requestOffset = m_link->bytesOut();
    if (!m_job->plan) {
        m_job.reset();
        beginLater();
        return;
    }
    m_exchange.requestSize = m_job->plan->bytes.size();
    m_replyHasEnded = false;
    restartReplyTimer();
    m_link->send(*m_job->plan);
}

/// The reply time-out runs from the last bytes that went out, so that a slow plan has its time.
void ClientCore::restartReplyTimer()
{
    if (m_job && m_job->plan && m_job->options.replyTimeout > 0ms) {
        const auto wait = m_job->options.replyTimeout + m_job->plan->pause;
        m_replyTimer.start(
            static_cast<int>(std::min<std::chrono::milliseconds::rep>(wait.count(), 24 * 3600 * 1000)), this);
    }
}

void ClientCore::linkReceived()
{
    if (!m_job) {
        return;
    }
    if (m_exchange.firstByte < 0) {
        m_exchange.firstByte = elapsed();
    }
    if (m_job->plan && m_job->plan->untilClose) {
        restartReplyTimer(); // it may be long: each byte is a sign of life
    }
    if (m_link->reply()) {
        completeIfDone();
    } else if (const std::optional<Error> error = m_link->framingError()) {
        m_recorder.error(m_link->id(), codeName(error->code), describe(*error), error->offset);
        finishExchange(makeFailure(FailureCode::BadMessage, subject(), describe(*error)));
    }
}

void ClientCore::linkPeerFinished()
{
    if (!m_job) {
        leaveLink();
        return;
    }
    // A byte service may end its reply by closing.
    const bool isRaw = m_job->options.framing == FramingKind::Raw;
    if (m_job->plan && m_job->plan->expectReply && !m_link->reply() && isRaw && !m_link->speaksTls()) {
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
        failure = makeFailure(FailureCode::Reset, subject());
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
        QMetaObject::invokeMethod(
            &m_client, [client = &m_client, failure] { Q_EMIT client->failed(failure); }, Qt::QueuedConnection);
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
            left->closeOrderly(peerFirst);
            ++m_left;
            tellLingering();
        }
        setState(Client::State::Disconnected);
    }
}

void ClientCore::completeIfDone()
{
    if (m_link->reply() && m_exchange.whole < 0) {
        m_exchange.whole = elapsed();
    }
    if (m_job->plan->untilClose && !m_replyHasEnded) {
        return;
    }
    if (!m_link->isSending() && (m_link->reply() || !m_job->plan->expectReply)) {
        finishExchange({});
    }
}

/// Records the failure, then ends what is under way with it.
void ClientCore::fail(const Failure& failure)
{
    m_recorder.error(m_link != nullptr ? m_link->id() : 0, codeName(failure.code), failure.oneLine());
    finishExchange(failure);
}

void ClientCore::finishExchange(const Failure& failure)
{
    m_replyTimer.stop();
    if (m_link != nullptr && m_job->plan) {
        m_exchange.replyOffset = m_link->replyOffset();
        m_exchange.reply = m_link->replyBytes();
        m_exchange.replySize = m_link->replySize();
        m_exchange.replyFrame = m_link->reply().value_or(Frame());
        m_link->endExchange();
    }
    if (failure || !m_job->options.persistent) {
        leaveLink(!failure);
    }
    if (m_link == nullptr) {
        m_connector.stop();
        setState(Client::State::Disconnected);
    }
    report(failure);
    beginLater();
}

Failure ClientCore::cancelled() const
{
    Failure failure;
    failure.code = FailureCode::Other;
    failure.what = tr("Cancelled.");
    return failure;
}

void ClientCore::cancel()
{
    if (m_job) {
        finishExchange(cancelled());
    }
    cancelQueued();
}

void ClientCore::cancelQueued()
{
    m_beginTimer.stop();
    while (!m_jobs.empty()) {
        m_job = std::move(m_jobs.front());
        m_jobs.pop_front();
        m_exchange = {};
        m_exchange.startedAt = m_job->startedAt;
        report(cancelled());
    }
}

void ClientCore::disconnectFromServer()
{
    if (m_job) {
        cancel();
    }
    leaveLink();
}

void ClientCore::halfClose()
{
    if (m_link != nullptr) {
        m_link->halfClose();
    }
}

void ClientCore::reset()
{
    if (m_link != nullptr) {
        m_link->reset();
    } else {
        cancel();
    }
}

void ClientCore::shutDown()
{
    m_shutDown = true;
    m_jobs.clear();
    m_job.reset();
    m_beginTimer.stop();
    m_replyTimer.stop();
    m_connector.stop();
    m_link = nullptr;
    qDeleteAll(findChildren<ClientChannel*>(Qt::FindDirectChildrenOnly));
    m_recorder.flush();
}

void ClientCore::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_beginTimer.timerId()) {
        m_beginTimer.stop();
        beginNext();
    } else if (event->timerId() == m_replyTimer.timerId()) {
        m_replyTimer.stop();
        if (!m_link->isReady()) {
            fail(makeFailure(FailureCode::TlsSilent, subject()));
        } else if (m_job->plan && !m_job->plan->expectReply) {
            fail(makeFailure(FailureCode::NoReply, subject(), tr("It does not take what is sent to it.")));
        } else if (!m_job->plan->untilClose && endsByTime(m_job->options.framing) && m_link->takeAsReply()) {
            finishExchange({});
        } else {
            fail(failureFor(FailureCode::NoReply));
        }
    }
}

Failure ClientCore::failureFor(FailureCode code) const
{
    const bool isDatagrams = m_link != nullptr && qobject_cast<const DatagramLink*>(m_link) != nullptr;
    return isDatagrams ? makeDatagramFailure(code, subject()) : makeFailure(code, subject());
}

QString ClientCore::subject() const
{
    const SocketAddress& address = m_link != nullptr ? m_link->peer() : m_peer;
    return tr("%1 port %2").arg(address.host.toString()).arg(address.port);
}

qint64 ClientCore::elapsed() const
{
    if (!m_job) {
        return -1;
    }
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - m_job->askedAt).count();
}

} // namespace sockeye
