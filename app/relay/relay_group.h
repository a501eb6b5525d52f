// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/stream_group.h"
#include "app/relay/fault_timer.h"
#include "app/relay/relay_link.h"
#include "app/relay/relay_options.h"

#include <QBasicTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace sockeye {

/// The conversations of a relay that live in one I/O thread, and what they share: memory for one read, the recorder,
/// and the timers.
class RelayGroup final : public StreamGroup {
    Q_OBJECT
public:
    static constexpr qsizetype scratchSize = 256 * 1024;
    /// How long, after our last word to both sides, their ends of stream are waited for.
    static constexpr std::chrono::seconds linger { 2 };

    RelayGroup(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
        std::shared_ptr<ServerCounters> counters, std::shared_ptr<RelayLegs> legs, int index);
    ~RelayGroup() override;

    // From the group's own thread.
    void finishConnection(quint32 id) override;
    void resetConnection(quint32 id) override;
    void setFaults(const FaultPlanPtr& plan);
    void decide(const HoldDecision& decision);
    void insert(quint32 connection, Direction direction, const QByteArray& message);

    // For its links.
    [[nodiscard]] const RelayOptions& options() const { return m_options; }
    [[nodiscard]] const FaultPlanPtr& plan() const { return m_plan; }
    [[nodiscard]] std::span<char> scratch() { return { m_scratch.get(), static_cast<std::size_t>(scratchSize) }; }
    [[nodiscard]] Passer* passer() { return m_passer.get(); } ///< null: the engine has none
    [[nodiscard]] RelayLegs& legs() { return *m_legs; }
    /// For the target; null without, and where there is none a failure says why.
    [[nodiscard]] std::shared_ptr<const TlsContext> targetTls(Failure& failure);
    void wakeAt(std::optional<FaultTime> due) { m_wakeTimer.wakeAt(due, this); } ///< some link wants wake()
    void over(RelayLink& link); ///< both sides are; it is deleted later
    void deleteClosed(); ///< not those that are on the stack: called before they do anything

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void add(std::unique_ptr<Stream> stream, quint32 id, bool overLimit) override;
    void finishThem(Clock::time_point due) override;
    void closeThem() override;
    [[nodiscard]] bool isEmpty() const override { return m_links.empty(); }
    void wakeLinks();
    void checkLinks();
    template <typename Action> void forEachLink(Action action);

    RelayOptions m_options;
    FaultPlanPtr m_plan;
    std::shared_ptr<RelayLegs> m_legs;
    std::unique_ptr<char[]> m_scratch;
    std::unique_ptr<Passer> m_passer;
    std::unordered_map<quint32, std::unique_ptr<RelayLink>> m_links;
    std::vector<std::unique_ptr<RelayLink>> m_closed; ///< may be on the stack
    FaultTimer m_wakeTimer;
    QBasicTimer m_checkTimer;
    std::shared_ptr<const TlsContext> m_targetTls;
};

} // namespace sockeye
