// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endpoint/room_keeper.h"

#include "app/endpoint/connection_group.h"

#include <QCoreApplication>
#include <QEvent>

#include <numeric>

namespace sockeye {

namespace {

const QEvent::Type happeningEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

RoomKeeper::Batch::Batch(std::vector<RoomDelivery> deliveries, std::shared_ptr<std::atomic<qsizetype>> underWay)
    : m_deliveries(std::move(deliveries))
    , m_underWay(std::move(underWay))
    , m_size(std::accumulate(m_deliveries.cbegin(), m_deliveries.cend(), qsizetype(0),
          [](qsizetype sum, const RoomDelivery& delivery) { return sum + delivery.bytes.size(); }))
{
    m_underWay->fetch_add(m_size, std::memory_order_relaxed);
}

RoomKeeper::Batch::~Batch()
{
    m_underWay->fetch_sub(m_size, std::memory_order_relaxed);
}

RoomKeeper::RoomKeeper(std::unique_ptr<Room> room, std::shared_ptr<RoomLog> log)
    : m_room(std::move(room))
    , m_log(std::move(log))
    , m_underWay(std::make_shared<std::atomic<qsizetype>>(0))
{
}

void RoomKeeper::setGroups(const std::vector<ConnectionGroup*>& groups)
{
    m_groups = groups;
}

void RoomKeeper::end()
{
    take(); // the last to leave
    m_groups.clear();
}

void RoomKeeper::join(quint32 member)
{
    add({ Happening::Kind::Join, member, {} });
}

void RoomKeeper::leave(quint32 member)
{
    add({ Happening::Kind::Leave, member, {} });
}

void RoomKeeper::say(quint32 member, QByteArrayView message)
{
    if (m_underWay->fetch_add(message.size(), std::memory_order_relaxed) > maxUnderWay) {
        m_underWay->fetch_sub(message.size(), std::memory_order_relaxed);
        const std::lock_guard lock(m_mutex);
        ++m_lost;
        return;
    }
    add({ Happening::Kind::Say, member, message.toByteArray() });
}

void RoomKeeper::tell(quint32 member, const QByteArray& message)
{
    add({ Happening::Kind::Tell, member, message });
}

void RoomKeeper::add(Happening happening)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_happenings.empty();
        m_happenings.push_back(std::move(happening));
    }
    if (first) {
        QCoreApplication::postEvent(this, new QEvent(happeningEvent));
    }
}

bool RoomKeeper::event(QEvent* event)
{
    if (event->type() == happeningEvent) {
        take();
        return true;
    }
    return QObject::event(event);
}

void RoomKeeper::take()
{
    std::vector<Happening> happenings;
    qint64 lost = 0;
    {
        const std::lock_guard lock(m_mutex);
        happenings.swap(m_happenings);
        lost = std::exchange(m_lost, 0);
    }
    RoomOutput out;
    for (const Happening& happening : happenings) {
        switch (happening.kind) {
        case Happening::Kind::Join:
            m_room->join(happening.member, out);
            break;
        case Happening::Kind::Leave:
            m_room->leave(happening.member, out);
            break;
        case Happening::Kind::Say:
            m_room->say(happening.member, happening.message, out);
            m_underWay->fetch_sub(happening.message.size(), std::memory_order_relaxed);
            break;
        case Happening::Kind::Tell:
            m_room->tell(happening.member, happening.message, out);
            break;
        }
    }
    if (lost > 0) {
        RoomEvent event;
        event.kind = RoomEvent::Kind::Lost;
        event.text = tr("%1 lines were lost: they came faster than they could be handed on.").arg(lost);
        out.events.push_back(std::move(event));
    }
    m_log->add(out.events);
    if (out.deliveries.empty()) {
        return;
    }
    const auto batch = std::make_shared<const Batch>(std::move(out.deliveries), m_underWay);
    for (ConnectionGroup* const group : m_groups) {
        QMetaObject::invokeMethod(
            group, [group, batch] { group->deliver(batch->deliveries()); }, Qt::QueuedConnection);
    }
}

} // namespace sockeye
