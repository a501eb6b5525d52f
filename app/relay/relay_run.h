// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/listener.h"
#include "app/net/io_threads.h"
#include "app/relay/relay_group.h"
#include "app/relay/relay_host.h"

#include <QObject>

#include <memory>
#include <vector>

namespace sockeye {

/// A relay from one start to the stop after it. Lives in the relay's thread; its listener lives in the first I/O
/// thread, one group of conversations in each; over UDP a single host stands for all of them. Calls go down queued,
/// signals come up queued.
class RelayRun final : public QObject {
    Q_OBJECT
public:
    RelayRun(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RelayLegs>& legs);
    ~RelayRun() override; ///< everything is closed at once, in the I/O threads; nobody waits for that

    void listen(const QList<QHostAddress>& addresses); ///< ends in listening() or failed()
    void finish(); ///< stops accepting, lets what is on its way arrive; ends in ended()

    [[nodiscard]] bool hasEnded() const { return m_groupsLeft == 0 && !m_hostLeft; }
    void closeConnection(quint32 connection);
    void resetConnection(quint32 connection);
    void setFaults(const FaultPlanPtr& plan);
    [[nodiscard]] qint64 exchanges() const
    {
        return m_host != nullptr ? m_host->answers() : m_counters->allExchanges();
    }

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address, const std::optional<sockeye::CertificateFacts>& certificate);
    void certified(const std::optional<sockeye::CertificateFacts>& certificate); ///< another one than before
    void failed(const sockeye::Failure& failure);
    void trouble(const sockeye::Failure& failure);
    void ended();

private:
    void makeGroups(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RelayLegs>& legs);
    void makeHost(IoThreads& threads, const RelayOptions& options, const FaultPlanPtr& plan,
        const std::shared_ptr<Recording>& recording, const std::shared_ptr<std::atomic<quint32>>& lastId,
        const std::shared_ptr<RelayLegs>& legs);
    /// Has each group do something, in its own thread.
    template <typename Action> void tellGroups(Action action)
    {
        for (RelayGroup* const group : m_groups) {
            QMetaObject::invokeMethod(
                group, [group, action] { action(*group); }, Qt::QueuedConnection);
        }
    }

    IoThreads::Stay m_stay;
    std::shared_ptr<ServerCounters> m_counters;
    std::vector<RelayGroup*> m_groups; ///< each deleted in its own thread
    Listener* m_listener = nullptr; ///< likewise
    std::size_t m_groupsLeft = 0; ///< that have conversations, or may get some
    RelayHost* m_host = nullptr; ///< likewise; instead of groups and listener
    bool m_hostLeft = false; ///< it has not ended
    bool m_startsDown; ///< a fault keeps it from listening
    bool m_finishing = false;
};

} // namespace sockeye
