// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/diagnosis.h"

#include "app/events/event.h"
#include "app/platform/socket_source.h"
#include "app/threads/background_threads.h"
#include "app/tls/tls_context.h"
#include "protocol/text/describe_bytes.h"

#include <QThreadPool>

#include <algorithm>
#include <mutex>

namespace sockeye {

using namespace std::chrono_literals;

namespace {

constexpr auto pingTimeout = 1s;

QString listed(const QList<QHostAddress>& addresses)
{
    QStringList texts;
    for (const QHostAddress& address : addresses) {
        texts.append(address.toString());
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace

/// The mutex is for the moment in which the facts are handed over; null: nobody wants them any more.
struct Diagnosis::Asked {
    std::mutex mutex;
    Diagnosis* diagnosis = nullptr;
};

Diagnosis::Diagnosis(QObject* parent)
    : QObject(parent)
    , m_lookup(nullptr)
{
    connect(&m_lookup, &NameLookup::finished, this, &Diagnosis::resolved);
}

Diagnosis::~Diagnosis()
{
    cancel();
}

void Diagnosis::cancel()
{
    m_lookup.stop();
    m_tools.reset();
    if (m_asked) {
        const std::lock_guard lock(m_asked->mutex);
        m_asked->diagnosis = nullptr;
    }
    m_asked.reset();
    m_running = false;
    m_open = 0;
}

void Diagnosis::start(const Target& target)
{
    cancel();
    m_target = target;
    m_steps.clear();
    m_facts = {};
    m_facts.host = target.host;
    m_facts.port = target.port;
    m_tls.reset();
    m_verdict = {};
    m_startedAt = captureNow();
    m_running = true;
    m_tools = std::make_unique<QObject>();
    m_lookupStep = addStep(DiagnosisStep::Kind::Resolve, target.host);
    QHostAddress address;
    if (address.setAddress(target.host)) {
        // From the event loop, as everything else comes.
        QMetaObject::invokeMethod(
            m_tools.get(), [this, address] { resolved(NameLookup::Outcome::Found, { address }); },
            Qt::QueuedConnection);
        return;
    }
    m_lookup.start(target.host, target.family);
}

qsizetype Diagnosis::addStep(DiagnosisStep::Kind kind, const QString& subject)
{
    DiagnosisStep step;
    step.kind = kind;
    step.subject = subject;
    step.startedAt = captureNow();
    m_steps.append(step);
    ++m_open;
    Q_EMIT stepAdded(m_steps.size() - 1);
    return m_steps.size() - 1;
}

void Diagnosis::endStep(
    qsizetype step, DiagnosisStep::State state, const QString& text, FailureCode code, std::chrono::nanoseconds took)
{
    DiagnosisStep& ended = m_steps[step];
    ended.state = state;
    ended.text = text;
    ended.code = code;
    ended.took = took >= 0ns ? took.count() : captureNow() - ended.startedAt;
    --m_open;
    Q_EMIT stepEnded(step);
}

void Diagnosis::resolved(NameLookup::Outcome outcome, const QList<QHostAddress>& addresses)
{
    m_facts.lookup = outcome;
    m_steps[m_lookupStep].addresses = addresses;
    if (outcome != NameLookup::Outcome::Found) {
        const Failure failure = verdictOn(m_facts).text;
        endStep(m_lookupStep, DiagnosisStep::State::Bad, QString(failure.what + u' ' + failure.meaning), failure.code);
        finishIfDone();
        return;
    }
    QString text = tr("An address already: nothing to look up.");
    if (QHostAddress address; !address.setAddress(m_target.host)) {
        text = addresses.size() == 1 ? tr("One address: %1.").arg(listed(addresses))
                                     : tr("%1 addresses, in the order in which programs try them: %2.")
                                           .arg(groupedDigits(addresses.size()), listed(addresses));
    }
    if (addresses.size() > maxAddresses) {
        text += u' ' + tr("The first %1 are tried.").arg(maxAddresses);
    }
    for (const QHostAddress& address : addresses.first(std::min(addresses.size(), maxAddresses))) {
        m_facts.attempts.append({ address, {}, {} });
    }
    endStep(m_lookupStep, DiagnosisStep::State::Good, text);
    m_target.tls ? prepareTls() : tryAll();
}

/// The system's authorities are read from the disk: not here.
void Diagnosis::prepareTls()
{
    m_asked = std::make_shared<Asked>();
    m_asked->diagnosis = this;
    backgroundThreads().start([asked = m_asked] {
        const TlsContext::Made made = TlsContext::forClient({});
        const std::lock_guard lock(asked->mutex);
        if (asked->diagnosis != nullptr) {
            QMetaObject::invokeMethod(
                asked->diagnosis,
                [asked, made] {
                    if (asked->diagnosis == nullptr) {
                        return;
                    }
                    if (made) {
                        asked->diagnosis->m_tls = *made;
                    } else {
                        asked->diagnosis->m_facts.tlsSetup = made.error();
                    }
                    asked->diagnosis->tryAll();
                },
                Qt::QueuedConnection);
        }
    });
}

void Diagnosis::tryAll()
{
    QList<QHostAddress> addresses;
    for (qsizetype i = 0; i < m_facts.attempts.size(); ++i) {
        const QHostAddress address = m_facts.attempts[i].address;
        addresses.append(address);
        const qsizetype pingStep = addStep(DiagnosisStep::Kind::Ping, address.toString());
        auto* ping = new Ping(m_tools.get());
        connect(ping, &Ping::ended, this, [this, pingStep, i](Ping::Outcome outcome) { pinged(pingStep, i, outcome); });
        ping->start(address, pingTimeout);

        const SocketAddress target { address, m_target.port };
        const qsizetype step = addStep(DiagnosisStep::Kind::Connect, target.toString());
        auto* probe = new ConnectProbe(m_tools.get());
        connect(probe, &ConnectProbe::ended, this,
            [this, step, i](const ConnectProbe::Outcome& outcome) { connectEnded(step, i, outcome); });
        probe->start(target, m_target.timeout, m_tls, m_target.host);
    }
    lookAround(addresses);
}

void Diagnosis::lookAround(const QList<QHostAddress>& addresses)
{
    const qsizetype step = addStep(DiagnosisStep::Kind::Listener, tr("port %1").arg(m_target.port));
    if (!canLookAround()) {
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("Too many open files (EMFILE): there are no file descriptors left to look with."));
        return;
    }
    m_asked = std::make_shared<Asked>();
    m_asked->diagnosis = this;
    backgroundThreads().start([asked = m_asked, addresses, port = m_target.port, step] {
        const LocalFacts facts = sockeye::lookAround(addresses, port);
        const std::lock_guard lock(asked->mutex);
        if (asked->diagnosis != nullptr) {
            QMetaObject::invokeMethod(
                asked->diagnosis,
                [asked, facts, step] {
                    if (asked->diagnosis != nullptr) {
                        asked->diagnosis->haveFacts(step, facts);
                    }
                },
                Qt::QueuedConnection);
        }
    });
}

void Diagnosis::haveFacts(qsizetype step, const LocalFacts& facts)
{
    m_facts.local = facts;
    if (!facts.isLocal) {
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("Another machine's address: who listens there cannot be seen from here."));
    } else if (!facts.isKnown) {
        endStep(step, DiagnosisStep::State::NotPossible,
            asksForSockets() ? tr("This system does not tell who has its ports.")
                             : tr("Not available in this build: it cannot ask this system who has its ports."));
    } else if (!facts.listener.isEmpty()) {
        QString text = tr("%1 listens on %2.").arg(facts.listener, facts.listensOn);
        if (facts.backlogFull) {
            text += u' ' + tr("Its backlog is full: it does not accept.");
        } else {
            text += u' ' + tr("A server that wants this port as well finds it in use.");
        }
        endStep(step, facts.backlogFull ? DiagnosisStep::State::Bad : DiagnosisStep::State::Good, text,
            facts.backlogFull ? FailureCode::TimedOut : FailureCode::None);
    } else {
        QString text = !facts.elsewhere.isEmpty() ? tr("Nobody listens at this address, but %1.").arg(facts.elsewhere)
            : !facts.datagrams.isEmpty() ? tr("Nobody listens for TCP; %1 has the port for UDP.").arg(facts.datagrams)
                                         : tr("Nobody listens on this port.");
        if (facts.leftBehind > 0) {
            text += u' '
                + tr("Connections of an earlier server are in TIME_WAIT (%1): a new one needs SO_REUSEADDR.")
                      .arg(facts.leftBehind);
        }
        endStep(step, DiagnosisStep::State::Bad, text, FailureCode::Refused);
    }
    finishIfDone();
}

void Diagnosis::pinged(qsizetype step, qsizetype attempt, Ping::Outcome outcome)
{
    m_facts.attempts[attempt].ping = outcome;
    switch (outcome) {
    case Ping::Outcome::Answered:
        endStep(step, DiagnosisStep::State::Good, tr("Answered: the machine is there."));
        break;
    case Ping::Outcome::Silent:
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("No answer within a second. Many machines and networks do not answer pings: by itself it means "
               "little."));
        break;
    case Ping::Outcome::Unreachable:
        endStep(step, DiagnosisStep::State::Bad, tr("No route to host (EHOSTUNREACH): there is no way to it."),
            FailureCode::Unreachable);
        break;
    case Ping::Outcome::NoDescriptor:
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("Too many open files (EMFILE): there is no file descriptor left for it."));
        break;
    case Ping::Outcome::NotPermitted:
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("Permission denied (EACCES): this system does not let ordinary programs ping "
               "(net.ipv4.ping_group_range)."));
        break;
    case Ping::Outcome::NotAvailable:
        endStep(step, DiagnosisStep::State::NotPossible,
            tr("Not available in this build: it cannot ping. Whether the machine is there shows in the attempt to "
               "connect."));
        break;
    }
    finishIfDone();
}

void Diagnosis::connectEnded(qsizetype step, qsizetype attempt, const ConnectProbe::Outcome& outcome)
{
    m_facts.attempts[attempt].connect = outcome;
    if (outcome.code != FailureCode::None) {
        // Without what the other steps may still find out; the verdict knows all.
        const QString address = m_steps[step].subject;
        const Failure failure = makeFailure(outcome.code, address,
            outcome.code == FailureCode::Reset && outcome.connected ? Circumstance::AcceptedFirst : Circumstance::None);
        endStep(step, DiagnosisStep::State::Bad, failure.what, outcome.code, outcome.took);
    } else {
        const QString text = outcome.tls ? tr("Connected; %1").arg(summary(*outcome.tls))
            : outcome.closedAtOnce       ? tr("Connected; the other side closed at once.")
            : outcome.greeting > 0       ? tr("Connected; the other side speaks first.")
                                         : tr("Connected.");
        endStep(step, DiagnosisStep::State::Good, text, FailureCode::None, outcome.took);
    }
    finishIfDone();
}

void Diagnosis::finishIfDone()
{
    if (m_open > 0 || !m_running) {
        return;
    }
    m_running = false;
    m_took = captureNow() - m_startedAt;
    m_verdict = verdictOn(m_facts);
    Q_EMIT finished();
}

} // namespace sockeye
