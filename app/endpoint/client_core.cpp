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

ClientCore::ClientCore(const std::shared_ptr<Recording>& recording)
    : m_recorder(recording)
    , m_connector(nullptr)
    , m_paceTimer(nullptr)
{
    // Move to the I/O thread together with this.
    m_recorder.setParent(this);
    m_connector.setParent(this);
    m_paceTimer.setParent(this);
    connect(&m_paceTimer, &PaceTimer::due, this, &ClientCore::addRepeated);
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
    m_exchange.repeats = m_job->repeats;
    m_exchange.number = m_job->number;
    m_exchange.request = m_job->request;
    const ClientOptions& options = m_job->options;
    if (m_job->failure) {
        fail(Failure(m_job->failure));
        return;
    }
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
    if (m_socketOptions != options.socket) {
        m_socketOptions = options.socket;
        m_recorder.notDone(*options.engine, options.socket, isUnixHost(options.host));
    }
    setState(Client::State::Resolving);
    m_connector.start({ options.host, options.port, options.family, options.connectTimeout, options.transport,
        options.engine, options.socket, options.transport == Transport::Tcp ? options.proxy : std::nullopt });
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

/// The reply time-out runs from the last bytes that went out, so that a slow plan has its time; of a reply without an
/// end of its own, from the last that came in, too.
void ClientCore::restartReplyTimer()
{
    if (m_job && m_job->plan && m_job->options.replyTimeout > 0ms) {
        const auto wait = m_job->options.replyTimeout + m_job->plan->pause;
        m_replyTimer.start(
            static_cast<int>(std::min<std::chrono::milliseconds::rep>(wait.count(), 24 * 3600 * 1000)), this);
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
    stopRepeating();
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
        m_exchange.repeats = m_job->repeats;
        report(cancelled());
    }
}

void ClientCore::disconnectFromServer()
{
    stopRepeating();
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
    m_repeated.reset();
    m_paceTimer.stop();
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
        } else if (!m_job->plan->untilClose && m_job->endsInSilence() && m_link->takeAsReply()) {
            finishExchange({});
        } else {
            fail(failureFor(FailureCode::NoReply));
        }
    }
}

Failure ClientCore::failureFor(FailureCode code) const
{
    const bool isDatagrams = m_link != nullptr && qobject_cast<const DatagramLink*>(m_link) != nullptr;
    const bool isUnix = (m_link != nullptr ? m_link->peer() : m_peer).isUnix();
    return isUnix     ? makeUnixFailure(code, subject())
        : isDatagrams ? makeDatagramFailure(code, subject())
                      : makeFailure(code, subject());
}

QString ClientCore::subject() const
{
    const SocketAddress& address = m_link != nullptr ? m_link->peer() : m_peer;
    return address.placeText();
}

qint64 ClientCore::elapsed() const
{
    if (!m_job) {
        return -1;
    }
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - m_job->askedAt).count();
}

} // namespace sockeye
