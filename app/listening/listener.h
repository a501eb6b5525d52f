// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/listening/listen_options.h"
#include "app/listening/server_counters.h"
#include "app/listening/stream_group.h"
#include "app/net/acceptor.h"
#include "app/tls/tls_facts.h"

#include <QBasicTimer>
#include <QDeadlineTimer>
#include <QObject>

#include <atomic>
#include <memory>
#include <vector>

namespace sockeye {

/// Accepts connections in the first I/O thread and hands them to the groups in turn. When the system has no descriptors
/// left it pauses, says so, tries again ten times a second, and says when all is well again. A certificate of files
/// that were written anew is read anew, at the next connection, and a note tells so; one that is no good does not
/// replace the one before.
class Listener final : public QObject, private Acceptor::Owner {
    Q_OBJECT
public:
    Listener(const ListenOptions& options, const std::shared_ptr<Recording>& recording,
        std::vector<StreamGroup*> groups, std::shared_ptr<ServerCounters> counters,
        std::shared_ptr<std::atomic<quint32>> lastId);

    /// Listens on all of them, with one port; of several, those that this machine does not have are left out. Ends in
    /// listening(), with the first that there is, or failed().
    void begin(const QList<SocketAddress>& addresses);
    /// True: nobody listens any more; false: again, where it did. Where that has become impossible, failed() says why.
    void setDown(bool down);
    void end(); ///< ends in ended()

Q_SIGNALS:
    void listening(const sockeye::SocketAddress& address, const std::optional<sockeye::CertificateFacts>& certificate);
    void certified(const std::optional<sockeye::CertificateFacts>& certificate); ///< another one than before
    void failed(const sockeye::Failure& failure);
    void trouble(const sockeye::Failure& failure);
    void ended();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    [[nodiscard]] Failure secure(const QHostAddress& address);
    void show(const std::shared_ptr<const TlsContext>& tls);
    void lookAtCertificate();
    void fail(const Failure& failure);
    void accepted(std::unique_ptr<Stream> stream) override;
    void cannotAccept(FailureCode code) override;
    [[nodiscard]] FailureCode listenOn(const QList<SocketAddress>& addresses, SocketAddress& at, QString& detail);

    ListenOptions m_options;
    QList<SocketAddress> m_addresses; ///< that it was told to listen on
    std::optional<CertificateFacts> m_certificate; ///< with TLS
    QString m_certificateStamp; ///< of its files, when they were read
    QDeadlineTimer m_nextLook;
    std::vector<std::unique_ptr<Acceptor>> m_acceptors; ///< one an address; made in the I/O thread
    Recorder m_recorder;
    std::vector<StreamGroup*> m_groups;
    std::shared_ptr<ServerCounters> m_counters;
    std::shared_ptr<std::atomic<quint32>> m_lastId; ///< of the endpoint: ids go on across restarts
    std::size_t m_turn = 0;
    QBasicTimer m_retryTimer;
    bool m_inTrouble = false;
    bool m_isDown = false;
    bool m_hasEnded = false;
    int m_quietRetries = 0; ///< since the last time that accepting failed
};

} // namespace sockeye
