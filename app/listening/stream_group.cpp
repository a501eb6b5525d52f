// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/listening/stream_group.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>

namespace sockeye {

namespace {

const QEvent::Type arrivalEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

StreamGroup::StreamGroup(
    const std::shared_ptr<Recording>& recording, std::shared_ptr<ServerCounters> counters, int index)
    : m_recorder(recording)
    , m_counters(std::move(counters))
    , m_exchanges(m_counters->exchanges[static_cast<std::size_t>(index) % m_counters->exchanges.size()].count)
{
    // Moves to the thread together with the group.
    m_recorder.setParent(this);
}

void StreamGroup::adopt(std::unique_ptr<Stream> stream, quint32 id, bool overLimit)
{
    Arrival arrival { std::move(stream), id, overLimit };
    if (QThread::currentThread() == thread()) {
        take(std::move(arrival));
        return;
    }
    arrival.stream->moveTo(thread());
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_arrivals.empty();
        m_arrivals.push_back(std::move(arrival));
    }
    if (first) {
        QCoreApplication::postEvent(this, new QEvent(arrivalEvent), Qt::HighEventPriority);
    }
}

void StreamGroup::setTls(std::shared_ptr<const TlsContext> tls)
{
    const std::lock_guard lock(m_mutex);
    m_tls = std::move(tls);
}

std::shared_ptr<const TlsContext> StreamGroup::tls() const
{
    const std::lock_guard lock(m_mutex);
    return m_tls;
}

bool StreamGroup::event(QEvent* event)
{
    if (event->type() == arrivalEvent) {
        takeArrivals();
        return true;
    }
    return QObject::event(event);
}

void StreamGroup::takeArrivals()
{
    std::vector<Arrival> arrivals;
    {
        const std::lock_guard lock(m_mutex);
        arrivals.swap(m_arrivals);
    }
    for (Arrival& arrival : arrivals) {
        take(std::move(arrival));
    }
}

void StreamGroup::take(Arrival arrival)
{
    if (!m_finishBy) {
        add(std::move(arrival.stream), arrival.id, arrival.overLimit);
    } else if (!arrival.overLimit) {
        m_counters->connections.fetch_sub(1, std::memory_order_relaxed);
    }
}

void StreamGroup::oneLess(bool overLimit)
{
    if (!overLimit) {
        m_counters->connections.fetch_sub(1, std::memory_order_relaxed);
    }
    checkEmptied();
}

void StreamGroup::finish(std::chrono::milliseconds patience)
{
    takeArrivals();
    m_finishBy = Clock::now() + patience;
    finishThem(*m_finishBy);
    checkEmptied();
}

void StreamGroup::closeAll()
{
    m_finishBy = Clock::now();
    takeArrivals();
    closeThem();
    m_recorder.flush();
}

void StreamGroup::checkEmptied()
{
    if (m_finishBy && !m_emptied && isEmpty()) {
        m_emptied = true;
        m_recorder.flush();
        Q_EMIT emptied();
    }
}

} // namespace sockeye
