// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rules/message_host.h"

#include "app/relay/faults/rule_fault.h"
#include "protocol/protocols/registry.h"

#include <QTimer>

#include <utility>

namespace sockeye {

MessageHost::MessageHost(
    Recorder& recorder, quint32 connection, const ConnectionFacts& facts, const Service& service, const Limits& limits)
    : m_recorder(recorder)
    , m_row(connection, facts, service.protocol(), limits)
    , m_replies(spokenOver(service.protocol(), facts.transport, Sender::Server))
    , m_transport(facts.transport)
    , m_id(connection)
{
}

const filter::Row& MessageHost::row(const Frame& frame, QByteArrayView bytes)
{
    return m_row.look(Direction::In, frame, frame.offset, bytes);
}

void MessageHost::met(const Frame& frame, const QString& rule)
{
    m_recorder.met(m_id, Direction::In, frame.offset, rule);
}

void MessageHost::trouble(const QString& text)
{
    m_recorder.error(m_id, QLatin1StringView("bad-rule"), text);
}

void MessageHost::strike(const QString& fault, QByteArray& reply)
{
    const QString undone =
        strikeOnce(fault, (static_cast<quint64>(m_id) << 32U) + m_struck++, m_replies, m_transport, reply);
    if (!undone.isEmpty()) {
        trouble(undone);
    }
}

void MessageHost::later(std::chrono::microseconds time, std::function<void()> call)
{
    QTimer::singleShot(
        std::chrono::ceil<std::chrono::milliseconds>(time), Qt::PreciseTimer, &m_recorder, std::move(call));
}

std::unique_ptr<MessageHost> attachHost(Session& session, const Service& service, Recorder& recorder,
    quint32 connection, const ConnectionFacts& facts, const Limits& limits)
{
    if (!service.wantsHost()) {
        return nullptr;
    }
    auto host = std::make_unique<MessageHost>(recorder, connection, facts, service, limits);
    session.attach(*host);
    return host;
}

} // namespace sockeye
