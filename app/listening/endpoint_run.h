// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/listener.h"
#include "app/listening/peer_host.h"
#include "app/listening/stream_group.h"
#include "app/net/io_threads.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace sockeye {

/// A server or a relay from one start to the stop after it. Lives in the endpoint's thread; its listener lives in the
/// first I/O thread, one group of connections in each; over UDP a single host stands for all of them. Calls go down
/// queued, signals come up queued.
class EndpointRun : public QObject {
    Q_OBJECT
public:
    ~EndpointRun() override; ///< everything is closed at once, in the I/O threads; nobody waits for that

    void listen(const QList<SocketAddress>& addresses); ///< ends in listening() or failed()
    void finish(); ///< stops accepting, lets what is being written finish; ends in ended()
    [[nodiscard]] bool hasEnded() const { return m_groupsLeft == 0 && !m_hostLeft; }

    void closeConnection(quint32 connection); ///< orderly
    void resetConnection(quint32 connection);
    [[nodiscard]] qint64 exchanges() const;

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address, const std::optional<sockeye::CertificateFacts>& certificate);
    void certified(const std::optional<sockeye::CertificateFacts>& certificate); ///< another one than before
    void failed(const sockeye::Failure& failure);
    void trouble(const sockeye::Failure& failure);
    void ended();

protected:
    explicit EndpointRun(IoThreads& threads);

    // One of the two, when it is made.
    void makeHost(IoThreads& threads, PeerHost* host);
    using NewGroup = std::function<StreamGroup*(const std::shared_ptr<ServerCounters>& counters, int index)>;
    void makeGroups(IoThreads& threads, const ListenOptions& options, const std::shared_ptr<Recording>& recording,
        const std::shared_ptr<std::atomic<quint32>>& lastId, const NewGroup& newGroup);
    /// A listener that nobody can reach until it is told otherwise.
    void setStartsDown(bool down) { m_startsDown = down; }
    /// In the listener's thread, when its groups have no connections any more and are about to be deleted.
    void setLastly(std::function<void()> lastly) { m_lastly = std::move(lastly); }

    // Each has something done in its own thread, if it is there: over UDP there is the host alone.
    template <typename Group = StreamGroup, typename Action> void tellGroups(Action action)
    {
        for (StreamGroup* const group : m_groups) {
            QMetaObject::invokeMethod(
                group, [group, action] { action(static_cast<Group&>(*group)); }, Qt::QueuedConnection);
        }
    }
    template <typename Action> void tellListener(Action action)
    {
        if (m_listener != nullptr) {
            QMetaObject::invokeMethod(
                m_listener, [listener = m_listener, action] { action(*listener); }, Qt::QueuedConnection);
        }
    }
    template <typename Host = PeerHost, typename Action> void tellHost(Action action)
    {
        if (m_host != nullptr) {
            QMetaObject::invokeMethod(
                m_host, [host = m_host, action] { action(static_cast<Host&>(*host)); }, Qt::QueuedConnection);
        }
    }
    [[nodiscard]] const std::vector<StreamGroup*>& groups() const { return m_groups; }

private:
    IoThreads::Stay m_stay;
    std::shared_ptr<ServerCounters> m_counters;
    std::vector<StreamGroup*> m_groups; ///< each deleted in its own thread
    Listener* m_listener = nullptr; ///< likewise
    std::size_t m_groupsLeft = 0; ///< that have connections, or may get some
    PeerHost* m_host = nullptr; ///< likewise; instead of groups and listener
    bool m_hostLeft = false; ///< it has not ended
    std::function<void()> m_lastly;
    bool m_startsDown = false;
    bool m_finishing = false;
};

} // namespace sockeye
