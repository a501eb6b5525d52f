// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/diagnose/verdict.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>

namespace sockeye {

namespace {

class VerdictTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::Verdict)
public:
    static QString subject(const QHostAddress& address, quint16 port)
    {
        return tr("%1 port %2").arg(address.toString(), QString::number(port));
    }
    static Failure connected(const DiagnosisFacts& facts, const DiagnosisFacts::Attempt& attempt);
    static QString othersFailed(const DiagnosisFacts& facts);
    static Failure nothingTried(const DiagnosisFacts& facts);
};

Failure VerdictTexts::connected(const DiagnosisFacts& facts, const DiagnosisFacts::Attempt& attempt)
{
    const ConnectProbe::Outcome& outcome = *attempt.connect;
    Failure text;
    text.what = tr("Connected to %1.").arg(subject(attempt.address, facts.port));
    if (outcome.tls) {
        text.what = tr("Connected to %1, over TLS.").arg(subject(attempt.address, facts.port));
        text.meaning = tr("The certificate holds, also for the name that was asked for: %1").arg(summary(*outcome.tls));
        text.advice = tr("The way is open. What is said on it is up to the two programs.");
    } else if (outcome.closedAtOnce) {
        text.meaning = tr("A program listens there, took the connection, and closed it at once in good order.");
        text.advice = tr("It may be busy, at its limit, or not want this peer: see what it says.");
    } else if (outcome.greeting > 0) {
        text.meaning =
            tr("A program listens there and speaks first (bytes that came at once: %1).").arg(outcome.greeting);
        text.advice = tr("The way is open. What is said on it is up to the two programs.");
    } else {
        text.meaning = facts.local && !facts.local->listener.isEmpty()
            ? tr("%1 listens there, and waits for us to speak.").arg(facts.local->listener)
            : tr("A program listens there, and waits for us to speak.");
        text.advice = tr("The way is open. If a reply does not come, look at what was sent: lengths, byte order, line "
                         "ends.");
    }
    const QString others = othersFailed(facts);
    if (!others.isEmpty()) {
        text.advice += u' ' + others;
    }
    return text;
}

/// A name with several addresses, of which some do not work, costs every client time.
QString VerdictTexts::othersFailed(const DiagnosisFacts& facts)
{
    QStringList failed;
    for (const DiagnosisFacts::Attempt& attempt : facts.attempts) {
        if (attempt.connect && attempt.connect->code != FailureCode::None) {
            failed.append(attempt.address.toString());
        }
    }
    return failed.isEmpty()
        ? QString()
        : tr("But not every address of %1 works: %2 does not, so that clients lose time or give up there.")
              .arg(facts.host, failed.join(QStringLiteral(", ")));
}

Failure VerdictTexts::nothingTried(const DiagnosisFacts& facts)
{
    const Circumstance circumstance =
        facts.lookup == NameLookup::Outcome::NoAnswer ? Circumstance::NameServerSilent : Circumstance::None;
    return makeFailure(FailureCode::NameNotFound, facts.host, circumstance);
}

Circumstance circumstanceOf(const DiagnosisFacts::Attempt& attempt, const DiagnosisFacts& facts, QString& who)
{
    const ConnectProbe::Outcome& outcome = *attempt.connect;
    const LocalFacts local = facts.local.value_or(LocalFacts());
    switch (outcome.code) {
    case FailureCode::Refused:
        if (!local.isLocal || !local.isKnown) {
            return Circumstance::None;
        }
        if (!local.elsewhere.isEmpty()) {
            who = local.elsewhere;
            return Circumstance::ListensElsewhere;
        }
        who = local.datagrams;
        return local.datagrams.isEmpty() ? Circumstance::NothingHere : Circumstance::OnlyUdp;
    case FailureCode::TimedOut:
        if (local.backlogFull) {
            who = local.listener;
            return Circumstance::BacklogFull;
        }
        return attempt.ping == Ping::Outcome::Answered ? Circumstance::PingAnswered
            : attempt.ping == Ping::Outcome::Silent    ? Circumstance::PingSilent
                                                       : Circumstance::None;
    case FailureCode::Unreachable:
        return outcome.error == EHOSTUNREACH ? Circumstance::HostSilent : Circumstance::NoRoute;
    case FailureCode::Reset:
        return outcome.connected ? Circumstance::AcceptedFirst : Circumstance::None;
    case FailureCode::AddressNotAvailable:
    case FailureCode::AddressInUse:
        return Circumstance::NothingToConnectFrom;
    default:
        return Circumstance::None;
    }
}

/// Which of several failures tells most: whoever answered, even if with a no, before whoever did not.
int weight(FailureCode code)
{
    if (code >= FailureCode::TlsNotSpoken && code <= FailureCode::TlsSetup) {
        return -1; // it was there to shake hands
    }
    constexpr std::array order { FailureCode::Reset, FailureCode::Refused, FailureCode::TooManyFiles,
        FailureCode::OutOfMemory, FailureCode::Forbidden, FailureCode::TimedOut, FailureCode::Unreachable };
    return static_cast<int>(std::find(order.begin(), order.end(), code) - order.begin());
}

} // namespace

Failure attemptFailure(const DiagnosisFacts::Attempt& attempt, const DiagnosisFacts& facts)
{
    QString who;
    const Circumstance circumstance = circumstanceOf(attempt, facts, who);
    FailureCode code = attempt.connect->code;
    if (circumstance == Circumstance::NothingToConnectFrom) {
        code = FailureCode::AddressNotAvailable;
    }
    const QString subject = VerdictTexts::subject(attempt.address, facts.port);
    return attempt.connect->detail.isEmpty() ? makeFailure(code, subject, circumstance, who)
                                             : makeFailure(code, subject, attempt.connect->detail);
}

Verdict verdictOn(const DiagnosisFacts& facts)
{
    if (facts.tlsSetup) {
        return { facts.tlsSetup };
    }
    const DiagnosisFacts::Attempt* best = nullptr;
    for (const DiagnosisFacts::Attempt& attempt : facts.attempts) {
        if (!attempt.connect) {
            continue;
        }
        if (attempt.connect->code == FailureCode::None) {
            return { VerdictTexts::connected(facts, attempt) };
        }
        if (best == nullptr || weight(attempt.connect->code) < weight(best->connect->code)) {
            best = &attempt;
        }
    }
    return { best != nullptr ? attemptFailure(*best, facts) : VerdictTexts::nothingTried(facts) };
}

} // namespace sockeye
