// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/endpoint/server_counters.h"
#include "app/endpoint/stream_taker.h"
#include "app/relay/relay_link.h"
#include "app/relay/relay_options.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sockeye {

class TlsContext;

/// The conversations of a relay that live in one I/O thread, and what they share: memory for one read, the recorder,
/// and the timers.
class RelayGroup final : public QObject, public StreamTaker {
    Q_OBJECT
public:
    using Clock = RelayLink::Clock;
    static constexpr qsizetype scratchSize = 256 * 1024;
    /// How long, after our last word to both sides, their ends of stream are waited for.
    static constexpr std::chrono::seconds linger { 2 };

    RelayGroup(const RelayOptions& options, FaultPlanPtr plan, const std::shared_ptr<Recording>& recording,
        std::shared_ptr<ServerCounters> counters, std::shared_ptr<RelayLegs> legs, int index);
    ~RelayGroup() override;

    void adopt(std::unique_ptr<Stream> stream, quint32 id, bool overLimit) override;
    void setTls(std::shared_ptr<const TlsContext> tls) override;

    // From the group's own thread.
    void finish(std::chrono::milliseconds patience); ///< lets what is on its way arrive; ends in emptied()
    void closeAll(); ///< at once
    void finishConnection(quint32 id);
    void resetConnection(quint32 id);
    void setFaults(const FaultPlanPtr& plan);

    // For its links.
    [[nodiscard]] const RelayOptions& options() const { return m_options; }
    [[nodiscard]] const FaultPlanPtr& plan() const { return m_plan; }
    [[nodiscard]] Recorder& recorder() { return m_recorder; }
    [[nodiscard]] std::span<char> scratch() { return { m_scratch.get(), static_cast<std::size_t>(scratchSize) }; }
    [[nodiscard]] RelayLegs& legs() { return *m_legs; }
    [[nodiscard]] std::shared_ptr<const TlsContext> tls() const; ///< for clients; null without; from any thread
    /// For the target; null without, and where there is none a failure says why.
    [[nodiscard]] std::shared_ptr<const TlsContext> targetTls(Failure& failure);
    void wakeAt(std::optional<FaultTime> due); ///< some link wants wake()
    void over(RelayLink& link); ///< both sides are; it is deleted later
    void deleteClosed(); ///< not those that are on the stack: called before they do anything
    [[nodiscard]] static FaultTime now();

Q_SIGNALS:
    void emptied(); ///< after finish()

protected:
    bool event(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Arrival {
        std::unique_ptr<Stream> stream;
        quint32 id;
        bool overLimit;
    };

    void add(Arrival arrival);
    void takeArrivals();
    void wakeLinks();
    void checkLinks();
    void checkEmptied();
    template <typename Action> void forEachLink(Action action);

    RelayOptions m_options;
    FaultPlanPtr m_plan;
    Recorder m_recorder;
    std::shared_ptr<ServerCounters> m_counters;
    std::shared_ptr<RelayLegs> m_legs;
    std::atomic<qint64>& m_exchanges; ///< of m_counters
    std::unique_ptr<char[]> m_scratch;
    std::unordered_map<quint32, std::unique_ptr<RelayLink>> m_links;
    std::vector<std::unique_ptr<RelayLink>> m_closed; ///< may be on the stack
    QBasicTimer m_wakeTimer;
    std::optional<FaultTime> m_wakeDue;
    QBasicTimer m_checkTimer;
    std::optional<Clock::time_point> m_finishBy;
    bool m_emptied = false;
    std::shared_ptr<const TlsContext> m_targetTls;
    std::shared_ptr<const TlsContext> m_tls;
    mutable std::mutex m_mutex; ///< guards m_arrivals and m_tls
    std::vector<Arrival> m_arrivals;
};

} // namespace sockeye
