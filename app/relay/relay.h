// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/recording/recording.h"
#include "app/relay/relay_legs.h"
#include "app/relay/relay_options.h"
#include "app/tls/tls_facts.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

class IoThreads;
class RelayCore;

/// A relay as the rest of the program sees it: it listens, connects to its target for each client, and passes on what
/// comes from either side. Lives in the thread that made it (the GUI's), owns the parts that live in the I/O threads,
/// and talks to them by queued calls only. What happens on the wire is in the recording: one connection for each
/// client, in which In is from the client to the target, as if the relay were the server.
class Relay : public QObject {
    Q_OBJECT
public:
    enum class State : quint8 { Stopped, Starting, Listening, Stopping, Failed };

    Relay(IoThreads& threads, const std::shared_ptr<Recording>& recording, QObject* parent = nullptr);
    /// Everything is closed at once, in the I/O threads; nobody waits for that. What is started on the same port
    /// afterwards finds it free.
    ~Relay() override;

    void start(const RelayOptions& options); ///< ends in Listening or Failed
    /// Stops accepting, lets what is on its way arrive (at most two seconds), closes, ends in Stopped.
    void stop();

    // What a user may do to one conversation, both sides of it. Unknown ids are ignored.
    void closeConnection(quint32 connection); ///< orderly; over UDP: forgets the peer
    void resetConnection(quint32 connection); ///< RST to both sides; over UDP as closeConnection()

    /// The faults from now on, in their order, also of conversations that are open. Those that keep their name, kind
    /// and numbers go on where they are. Returns a sentence about the first one that cannot be (checkFault()), and then
    /// nothing is changed; else an empty text.
    QString setFaults(const FaultList& faults);
    [[nodiscard]] const FaultList& faults() const; ///< those in force, each with its name
    /// How often the fault of that name has struck since it was added; from any thread that has the relay.
    [[nodiscard]] qint64 strikes(const QString& fault) const;
    [[nodiscard]] quint64 seed() const; ///< of what is drawn; valid once it was started

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] SocketAddress address() const { return m_address; } ///< really bound; valid while Listening
    /// What it shows clients over TLS; nothing without.
    [[nodiscard]] const std::optional<CertificateFacts>& certificate() const { return m_certificate; }
    [[nodiscard]] const Failure& failure() const
    {
        return m_failure;
    } ///< of the last start, or what accepting suffers from now
    [[nodiscard]] const std::shared_ptr<Recording>& recording() const { return m_recording; }
    [[nodiscard]] const RelayOptions& options() const; ///< of the last start
    /// The target's side of a conversation, by its id in the recording; nothing if it is not known any more.
    [[nodiscard]] std::optional<TargetLeg> target(quint32 connection) const { return m_legs->of(connection); }
    [[nodiscard]] quint64 targetsRevision() const { return m_legs->revision(); } ///< changes with any of them
    /// Conversations that are over, since the start; over UDP: answers that were passed back.
    [[nodiscard]] qint64 exchanges() const;

Q_SIGNALS:
    void stateChanged();
    void certificateChanged(); ///< while it listens: its files were written anew
    void faultsChanged(); ///< by setFaults(), or by a scenario
    /// Accepting was paused (no descriptors left), or goes on again (`failure` is None).
    void acceptTrouble(const sockeye::Failure& failure);

private:
    friend class RelayCore;
    std::shared_ptr<Recording> m_recording;
    IoThreads& m_threads;
    std::shared_ptr<RelayLegs> m_legs;
    std::unique_ptr<RelayCore> m_core;
    State m_state = State::Stopped;
    SocketAddress m_address;
    std::optional<CertificateFacts> m_certificate;
    Failure m_failure;
};

} // namespace sockeye
