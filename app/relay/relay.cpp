// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/relay.h"

#include "app/net/io_threads.h"
#include "app/relay/relay_core.h"

namespace sockeye {

Relay::Relay(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent)
    : QObject(parent)
    , m_recording(recording ? recording->alone() : nullptr)
    , m_threads(threads)
    , m_legs(std::make_shared<RelayLegs>())
    , m_core(std::make_unique<RelayCore>(*this))
{
}

Relay::~Relay() = default;

void Relay::start(const RelayOptions& options)
{
    m_core->start(options);
}

void Relay::stop()
{
    m_core->stop();
}

void Relay::closeConnection(quint32 connection)
{
    if (RelayRun* const run = m_core->run()) {
        run->closeConnection(connection);
    }
}

void Relay::resetConnection(quint32 connection)
{
    if (RelayRun* const run = m_core->run()) {
        run->resetConnection(connection);
    }
}

QString Relay::setFaults(const FaultList& faults)
{
    return m_core->setFaults(faults);
}

const FaultList& Relay::faults() const
{
    return m_core->plan()->settings;
}

qint64 Relay::strikes(const QString& fault) const
{
    return m_core->plan()->strikes(fault);
}

quint64 Relay::seed() const
{
    return m_core->plan()->seed;
}

const RelayOptions& Relay::options() const
{
    return m_core->options();
}

qint64 Relay::exchanges() const
{
    return m_core->exchanges();
}

} // namespace sockeye
