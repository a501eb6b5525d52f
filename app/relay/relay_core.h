// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/relay/relay.h"
#include "app/relay/relay_run.h"

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye {

/// What a Relay does behind its header: resolves the address to listen on, starts runs, and lets the last one finish
/// while the next one may be listening already. Lives in the relay's thread.
class RelayCore final : public QObject {
    Q_OBJECT
public:
    explicit RelayCore(Relay& relay);
    ~RelayCore() override;

    void start(const RelayOptions& options);
    void stop();
    QString setFaults(const FaultList& faults);
    [[nodiscard]] RelayRun* run() const { return m_run.get(); }
    [[nodiscard]] const RelayOptions& options() const { return m_options; }
    [[nodiscard]] const FaultPlanPtr& plan() const { return m_plan; }
    [[nodiscard]] qint64 exchanges() const { return m_run ? m_run->exchanges() : m_lastExchanges; }

private:
    void listen(const QList<QHostAddress>& addresses);
    void fail(const Failure& failure);
    void setState(Relay::State state);
    void endRun();
    void deleteEndedRuns();

    Relay& m_relay;
    RelayOptions m_options;
    FaultPlanPtr m_plan; ///< never null
    std::shared_ptr<std::atomic<quint32>> m_lastId;
    std::unique_ptr<RelayRun> m_run;
    std::vector<std::unique_ptr<RelayRun>> m_endingRuns;
    int m_lookup = -1; ///< of QHostInfo, while a name is being resolved
    qint64 m_lastExchanges = 0;
};

} // namespace sockeye
