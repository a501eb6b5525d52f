// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One request after the other, the same again and again or those of a list.

#include "app/endpoint/client_core.h"

#include <algorithm>
#include <utility>

namespace sockeye {

void ClientCore::repeat(const Job& job, const Repetition& repetition)
{
    stopRepeating();
    if (m_repeated) { // it ends with what is under way, which nobody waits for any more
        endRepeating(RepeatEnd::Stopped);
        std::erase_if(m_jobs, [](const Job& queued) { return queued.repeats; });
        if (m_job && m_job->repeats) {
            finishExchange(cancelled());
        }
    }
    m_repeated = Repeated { job, repetition, Clock::now().time_since_epoch().count(), 0, false, false };
    addRepeated();
}

void ClientCore::addRepeated()
{
    m_paceTimer.stop();
    if (!m_repeated || m_repeated->isUnderWay) {
        return;
    }
    const Clock::time_point now = Clock::now();
    if (now.time_since_epoch().count() < m_repeated->due) {
        m_paceTimer.at(m_repeated->due); // one that counts in milliseconds is up to one early
        return;
    }
    m_repeated->isUnderWay = true;
    Job job = m_repeated->job;
    job.askedAt = now;
    job.startedAt = captureNow();
    job.number = m_repeated->done;
    if (m_repeated->repetition.prepare) {
        constexpr qsizetype mostTold = 64 * 1024;
        job.failure = m_repeated->repetition.prepare(job.number, job.options, *job.plan);
        job.request = job.plan->bytes.size() <= mostTold ? job.plan->bytes : QByteArray();
    }
    add(std::move(job));
}

/// What the repetition has against an exchange of its own.
void ClientCore::judge(Exchange& exchange) const
{
    if (exchange.repeats && exchange.ok() && m_repeated && m_repeated->isUnderWay && m_repeated->repetition.objection) {
        exchange.objection = m_repeated->repetition.objection(exchange);
    }
}

void ClientCore::repeatAfter(const Exchange& exchange)
{
    if (!m_repeated || !m_repeated->isUnderWay) {
        return; // of one that was replaced
    }
    Repeated& repeated = *m_repeated;
    repeated.isUnderWay = false;
    ++repeated.done;
    if (repeated.repetition.isLast && repeated.repetition.isLast(exchange)) {
        endRepeating(RepeatEnd::Matched);
    } else if (repeated.stops) {
        endRepeating(RepeatEnd::Stopped);
    } else if (repeated.repetition.count > 0 && repeated.done >= repeated.repetition.count) {
        endRepeating(RepeatEnd::Counted);
    } else {
        const qint64 now = Clock::now().time_since_epoch().count();
        repeated.due = repeated.repetition.pauseAfter
            ? now + repeated.repetition.pauseAfter(exchange).count()
            : std::max<qint64>(repeated.due + repeated.repetition.every.count(), now);
        m_paceTimer.at(repeated.due);
    }
}

void ClientCore::stopRepeating()
{
    if (m_repeated && m_repeated->isUnderWay) {
        m_repeated->stops = true;
    } else {
        endRepeating(RepeatEnd::Stopped);
    }
}

void ClientCore::endRepeating(RepeatEnd end)
{
    if (std::exchange(m_repeated, std::nullopt)) {
        m_paceTimer.stop();
        Q_EMIT repeatFinished(end);
    }
}

} // namespace sockeye
