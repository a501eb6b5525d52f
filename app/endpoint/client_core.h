// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/endpoint/client_channel.h"
#include "app/endpoint/connector.h"
#include "app/endpoint/repetition.h"
#include "app/platform/pace_timer.h"
#include "app/tls/tls_context.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <deque>
#include <optional>

namespace sockeye {

/// What a Client does behind its header, in its I/O thread: one job after the other, each over the open connection or
/// over a new one. The Client hears of results by signals.
class ClientCore final : public QObject {
    Q_OBJECT
public:
    using Clock = std::chrono::steady_clock;

    /// Something that was asked for.
    struct Job {
        ClientOptions options;
        std::optional<SendPlan> plan; ///< nothing: only connect
        Clock::time_point askedAt;
        qint64 startedAt = 0; ///< the same moment, nanoseconds since the epoch
        bool repeats = false; ///< one of the repetition
        qint64 number = 0; ///< of it
        QByteArray request = {}; ///< of those that are prepared: what is told of it
        Failure failure = {}; ///< why it cannot be made; None: it can

        /// Whether a reply may be over when nothing more has come for a while, or with the connection.
        [[nodiscard]] bool endsInSilence() const { return options.protocol->replyEnd() == ReplyEnd::Amount; }
    };

    explicit ClientCore(const std::shared_ptr<Recording>& recording);

    // In the I/O thread.
    void add(Job job);
    void repeat(const Job& job, const Repetition& repetition); ///< when it is asked is told for each
    void stopRepeating();
    void cancel();
    void disconnectFromServer();
    void halfClose();
    void reset();
    void shutDown(); ///< closes everything at once; nothing is told any more

Q_SIGNALS:
    void stateChanged(sockeye::Client::State state, const sockeye::SocketAddress& peer);
    void lingeringChanged(bool lingers);
    void exchangeFinished(const sockeye::Exchange& exchange);
    void repeatFinished(sockeye::RepeatEnd end);
    void failed(const sockeye::Failure& failure); ///< a connection without an exchange did

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void addRepeated();
    void judge(Exchange& exchange) const;
    void repeatAfter(const Exchange& exchange);
    void endRepeating(RepeatEnd end);
    void beginNext();
    void beginLater();
    void begin();
    [[nodiscard]] bool prepareTls(); ///< false: it failed
    void connected();
    void linkReady();
    void sendPlan();
    void restartReplyTimer();

    void linkReceived();
    [[nodiscard]] bool isReplyByPlan();
    void linkPeerFinished();
    void linkOver(CloseKind kind);
    [[nodiscard]] bool tryNextAddress(const Failure& failure);
    void leaveLink(bool peerFirst = false); ///< lets it close by itself

    void completeIfDone(); ///< the reply is whole, or none is expected; and all is sent
    void fail(const Failure& failure);
    void finishExchange(const Failure& failure);
    void report(const Failure& failure);
    void cancelQueued();
    [[nodiscard]] Failure cancelled() const;
    [[nodiscard]] ClientChannel* newLink();
    [[nodiscard]] Failure failureFor(FailureCode code) const; ///< in the words of the link's transport
    [[nodiscard]] QString subject() const; ///< who we talk to, for texts
    [[nodiscard]] qint64 elapsed() const; ///< nanoseconds since the present job was asked for
    void setState(Client::State state);
    void tellLingering();

    Recorder m_recorder;
    Connector m_connector;
    const Engine* m_engine = nullptr; ///< whose limits were told last
    SocketOptions m_socketOptions; ///< of which it was told last what is not done
    TlsClientOptions m_tlsOptions; ///< what m_tls was made from
    QString m_tlsStamp; ///< of their files, at that time
    std::shared_ptr<const TlsContext> m_tls; ///< null before it is needed
    std::deque<Job> m_jobs;
    std::optional<Job> m_job; ///< the present one
    Exchange m_exchange;
    struct Repeated {
        Job job;
        Repetition repetition;
        qint64 due = 0; ///< of the last one that was asked for; steady clock
        qint64 done = 0; ///< exchanges
        bool isUnderWay = false;
        bool stops = false; ///< with the exchange that is under way
    };
    std::optional<Repeated> m_repeated;
    PaceTimer m_paceTimer;
    ClientChannel* m_link = nullptr; ///< the open connection; those that are closing are children of ours, too
    SocketAddress m_peer;
    bool m_replyHasEnded = false; ///< the server has ended its stream after it
    bool m_linkIsOver = false; ///< it has just told so
    int m_left = 0; ///< links that were told to close and have not
    quint32 m_lastId = 0;
    QBasicTimer m_replyTimer;
    QBasicTimer m_beginTimer;
    bool m_shutDown = false;
};

} // namespace sockeye
