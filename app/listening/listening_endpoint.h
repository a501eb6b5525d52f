// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/listening/listen_options.h"
#include "app/net/address.h"
#include "app/net/failure.h"
#include "app/recording/recording.h"
#include "app/tls/tls_facts.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

class EndpointRun;
class IoThreads;

/// What a server and a relay are to the rest of the program: something that listens. Lives in the thread that made it
/// (the GUI's), owns the parts that live in the I/O threads, and talks to them by queued calls only. From each start to
/// the stop after it there is a run; the last one finishes by itself while the next one may be listening already. What
/// happens on the wire is in the recording.
class ListeningEndpoint : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Stopped, Starting, Listening, Stopping, Failed };

    /// Everything is closed at once, in the I/O threads; nobody waits for that. What is started on the same port
    /// afterwards, in the same threads, finds it free.
    ~ListeningEndpoint() override;

    /// Stops accepting, lets what is being written finish (at most two seconds), closes, ends in Stopped.
    void stop();

    // What a user may do to one connection. Unknown ids are ignored.
    void closeConnection(quint32 connection); ///< orderly, after what is being written; over UDP: forgets the peer
    void resetConnection(quint32 connection); ///< RST; over UDP as closeConnection()

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] SocketAddress address() const { return m_address; } ///< really bound; valid while Listening
    /// What it shows of itself over TLS; nothing without.
    [[nodiscard]] const std::optional<CertificateFacts>& certificate() const { return m_certificate; }
    [[nodiscard]] const Failure& failure() const
    {
        return m_failure;
    } ///< of the last start, or what accepting suffers from now
    [[nodiscard]] const std::shared_ptr<Recording>& recording() const { return m_recording; }
    /// What was done since the start: a server counts whole messages (or reads of a byte service) that it answered, a
    /// relay conversations that are over, or over UDP answers that were passed back.
    [[nodiscard]] qint64 exchanges() const;

Q_SIGNALS:
    void stateChanged();
    void certificateChanged(); ///< while it listens: its files were written anew
    /// Accepting was paused (no descriptors left), or goes on again (`failure` is None).
    void acceptTrouble(const sockeye::Failure& failure);

protected:
    ListeningEndpoint(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent);

    // A start: what was before comes to its end, then either something is wrong with the options, or it listens.
    void beginAnew();
    void fail(const Failure& failure);
    void listen(const ListenOptions& options); ///< looks up the host; ends in Listening or Failed
    /// Once the addresses are known, with the options of the last start.
    [[nodiscard]] virtual std::unique_ptr<EndpointRun> newRun() = 0;

    [[nodiscard]] EndpointRun* run() const { return m_run.get(); } ///< null before it listens and after it has stopped
    [[nodiscard]] IoThreads& threads() const { return m_threads; }
    /// Of its connections: ids go on across restarts.
    [[nodiscard]] const std::shared_ptr<std::atomic<quint32>>& lastId() const { return m_lastId; }

private:
    void listenOn(const QList<SocketAddress>& addresses);
    void setState(State state);
    void endLookup();
    void endRun();
    void deleteEndedRuns();

    std::shared_ptr<Recording> m_recording;
    IoThreads& m_threads;
    std::shared_ptr<std::atomic<quint32>> m_lastId;
    std::unique_ptr<EndpointRun> m_run;
    std::vector<std::unique_ptr<EndpointRun>> m_endingRuns;
    int m_lookup = -1; ///< of QHostInfo, while a name is being resolved
    qint64 m_lastExchanges = 0;
    State m_state = State::Stopped;
    SocketAddress m_address;
    std::optional<CertificateFacts> m_certificate;
    Failure m_failure;
};

} // namespace sockeye
