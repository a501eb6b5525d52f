// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_link.h"
#include "app/load/load_plan.h"
#include "app/load/load_script.h"
#include "app/load/load_slice.h"
#include "app/load/pace.h"
#include "app/net/address.h"
#include "app/platform/pace_timer.h"
#include "app/tls/tls_context.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

namespace sockeye {

/// One thread's part of a load: its connections, when they ask, and what is measured. Lives in that I/O thread.
///
/// Closed loop: a connection asks again as soon as a reply has come. Open loop: requests are due at an even rate
/// whatever the server does; the oldest that is due goes to the connection that has been free for longest, and its
/// time runs from when it was due.
class LoadWorker final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype scratchSize = 64 * 1024;
    static constexpr int maxConnecting = 256; ///< a server's queue of connections is not endless

    struct Share {
        LoadPlan plan; ///< the whole run's
        std::shared_ptr<const LoadScript> script;
        SocketAddress peer; ///< the server's, or the proxy's
        std::shared_ptr<const TlsContext> tls; ///< null: none
        bool serverCloses = false; ///< after each reply
        int threads = 1;
        int thread = 0; ///< this one, from 0
    };
    explicit LoadWorker(const Share& share);

    // In its thread.
    void prepare(); ///< opens the connections that stay; ends in ready()
    void begin(qint64 start); ///< asks; what comes before `start` (of the steady clock) is not measured
    void stop(); ///< ends in ended(), unless it has ended already
    void shutDown(); ///< closes everything; nothing is told any more

    // For its links. All of it is cheap.
    [[nodiscard]] static qint64 now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }
    [[nodiscard]] const LoadScript& script() const { return *m_share.script; }
    [[nodiscard]] const Engine& engine() const { return *m_share.plan.engine; }
    [[nodiscard]] const SocketAddress& peer() const { return m_share.peer; }
    [[nodiscard]] const LoadPlan& plan() const { return m_share.plan; }
    [[nodiscard]] const std::shared_ptr<const TlsContext>& tls() const { return m_share.tls; }
    [[nodiscard]] const std::optional<ProxyOptions>& proxy() const { return m_share.plan.proxy; }
    [[nodiscard]] bool isPlain() const { return m_isPlain; } ///< TCP, and nothing between it and what is asked
    [[nodiscard]] bool resumes() const { return m_share.plan.resume; }
    [[nodiscard]] bool untilClose() const { return m_untilClose; }
    [[nodiscard]] const SocketOptions& socketOptions() const { return m_share.plan.socket; }
    [[nodiscard]] bool isFresh() const { return m_share.plan.mode == LoadMode::Fresh; }
    [[nodiscard]] bool serverCloses() const { return m_share.serverCloses; }
    [[nodiscard]] int depth() const { return m_depth; }
    [[nodiscard]] qint64 timeout() const { return m_timeout; }
    [[nodiscard]] char* scratch() { return m_scratch.get(); } ///< scratchSize bytes for one read
    void haveRoom(LoadLink& link, qint64 now);
    void opened(); ///< a connection that stays
    void reopen(LoadLink& link);
    void sent(qsizetype bytes) { m_slice->bytesOut += bytes; }
    void received(qsizetype bytes) { m_slice->bytesIn += bytes; }
    void replied(qint64 since, qint64 now)
    {
        if (now >= m_sliceEnd) {
            cut(now);
        }
        m_slice->latencies.add(now - since);
        --m_outstanding;
    }
    void secured(qint64 time, bool isResumed); ///< a TLS handshake is done
    void lost(int requests); ///< UDP: without a reply
    [[nodiscard]] LoadDatagrams& datagrams() { return m_slice->datagrams; }
    /// `requests` were outstanding. `opening`: a connection that stays could not be opened.
    void failed(LoadError error, int requests, bool opening);
    [[nodiscard]] bool wantsWrong() const { return !m_hasWrong; }
    void keepWrong(WrongReply reply);

Q_SIGNALS:
    void ready();
    void measured(const std::shared_ptr<const sockeye::LoadSlice>& slice);
    void ended(const sockeye::LoadEnd& end);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    enum class Phase : quint8 { Idle, Opening, Asking, Draining, Over };

    void openQueued();
    void checkReady();
    void askBatches(LoadLink& link, qint64 now);
    void park(LoadLink& link, qint64 now);
    void pump(qint64 now);
    void cut(qint64 now);
    void tick();
    void stopAsking(qint64 now);
    void checkEnd(qint64 now);
    void finish(qint64 now);

    Share m_share;
    int m_depth;
    qint64 m_timeout; ///< nanoseconds
    std::unique_ptr<char[]> m_scratch;
    std::vector<qint64> m_times; ///< of all links
    std::vector<std::unique_ptr<LoadLink>> m_links;
    std::deque<LoadLink*> m_toOpen;
    std::vector<LoadLink*> m_free; ///< open loop, a ring: by how long they have been free
    std::size_t m_freeHead = 0;
    std::size_t m_freeCount = 0;
    PaceTimer m_paceTimer;
    Pace m_pace;
    QBasicTimer m_openTimer; ///< from the event loop
    QBasicTimer m_tickTimer;
    QBasicTimer m_endTimer;
    std::unique_ptr<LoadSlice> m_slice;
    qint64 m_sliceEnd = 0;
    qint64 m_sliceTime = 0; ///< processor time of the thread when it began
    qint64 m_start = 0; ///< of the measurement
    qint64 m_end = 0; ///< of asking; 0: none
    qint64 m_asked = 0;
    qint64 m_limit = 0; ///< of requests; 0: none
    qint64 m_outstanding = 0;
    qint64 m_notSent = 0;
    qint64 m_stoppedAsking = 0;
    qint64 m_processorStart = 0;
    qint64 m_delayStart = 0;
    int m_connecting = 0;
    Phase m_phase = Phase::Idle;
    bool m_hasWrong = false;
    bool m_isPlain;
    bool m_untilClose;
};

} // namespace sockeye
