// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/listening/server_counters.h"
#include "app/net/stream.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sockeye {

class TlsContext;

/// Those connections of a server or a relay that live in one I/O thread: to whom a listener hands what it accepts.
class StreamGroup : public QObject {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    // From any thread.
    /// Takes over an accepted stream, from the thread in which it lives. `overLimit`: it is over the limit and is only
    /// told so.
    void adopt(std::unique_ptr<Stream> stream, quint32 id, bool overLimit);
    /// What the streams that it is given from then on are secured with; null without TLS.
    void setTls(std::shared_ptr<const TlsContext> tls);
    [[nodiscard]] std::shared_ptr<const TlsContext> tls() const;

    // From the group's own thread.
    void finish(std::chrono::milliseconds patience); ///< closes all orderly; ends in emptied()
    void closeAll(); ///< at once
    virtual void finishConnection(quint32 id) = 0;
    virtual void resetConnection(quint32 id) = 0;

    // For its connections.
    [[nodiscard]] Recorder& recorder() { return m_recorder; }
    void countExchange()
    {
        m_exchanges.store(m_exchanges.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }

Q_SIGNALS:
    void emptied(); ///< after finish()

protected:
    /// `index`: of its thread.
    StreamGroup(const std::shared_ptr<Recording>& recording, std::shared_ptr<ServerCounters> counters, int index);

    bool event(QEvent* event) override;
    /// One more connection.
    virtual void add(std::unique_ptr<Stream> stream, quint32 id, bool overLimit) = 0;
    /// Each is closed orderly; those that are not by `due` are closed then, by the group's own timer.
    virtual void finishThem(Clock::time_point due) = 0;
    virtual void closeThem() = 0; ///< each at once; nothing happens to the group afterwards
    [[nodiscard]] virtual bool isEmpty() const = 0; ///< no connection is open
    /// One of them has closed, and the group knows.
    void oneLess(bool overLimit);
    /// Whether what is open is closed now: the patience of finish() is over.
    [[nodiscard]] bool isOverdue(Clock::time_point now) const { return m_finishBy && *m_finishBy <= now; }
    [[nodiscard]] const std::optional<Clock::time_point>& finishBy() const { return m_finishBy; }

private:
    struct Arrival {
        std::unique_ptr<Stream> stream;
        quint32 id;
        bool overLimit;
    };

    void take(Arrival arrival);
    void takeArrivals();
    void checkEmptied();

    Recorder m_recorder;
    std::shared_ptr<ServerCounters> m_counters;
    std::atomic<qint64>& m_exchanges; ///< of m_counters
    std::optional<Clock::time_point> m_finishBy;
    bool m_emptied = false; ///< after m_finishBy was set
    std::shared_ptr<const TlsContext> m_tls;
    mutable std::mutex m_mutex; ///< guards m_arrivals and m_tls
    std::vector<Arrival> m_arrivals;
};

} // namespace sockeye
