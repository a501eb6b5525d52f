// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/repeat/repeat_report.h"
#include "ui/transcript/transcript_model.h"

#include <QObject>

#include <deque>
#include <optional>

namespace sockeye {

class IoThreads;

/// A client with the transcript of what it did: each send becomes a request entry at once, and what came of it another
/// one when the exchange is over.
class ClientConversation : public QObject {
    Q_OBJECT
public:
    explicit ClientConversation(IoThreads& threads, QObject* parent = nullptr);

    [[nodiscard]] Client& client() { return *m_client; }
    [[nodiscard]] const Client& client() const { return *m_client; }
    [[nodiscard]] TranscriptModel& transcript() { return *m_transcript; }

    /// What the client recorded, as it is shown.
    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; }
    /// Another reading of the same recording, for the transcript as well.
    void showReading(const std::shared_ptr<Capture>& capture);

    void send(const ClientOptions& options, const SendPlan& plan, const CopiedRequest& request);
    /// The same again and again. Each is counted in repeated(); of those that come quicker than anybody can read, the
    /// transcript has one now and then, and the first that failed in each way.
    void repeat(
        const ClientOptions& options, const SendPlan& plan, const Repetition& repetition, const CopiedRequest& request);
    [[nodiscard]] bool isRepeating() const { return m_repeated.has_value(); }
    [[nodiscard]] const RepeatReport& repeated() const { return m_report; } ///< the present repetition, or the last
    [[nodiscard]] bool isBusy() const { return !m_waiting.empty() || isRepeating(); }

    /// The bytes of the request of an entry, from memory or from the capture; null if nobody has them any more.
    [[nodiscard]] QByteArray requestBytes(const TranscriptEntry& entry) const;

Q_SIGNALS:
    void stateChanged(); ///< of the client
    void captureChanged();
    void busyChanged();
    void exchangeFinished(const sockeye::Exchange& exchange);
    void repeatFinished(sockeye::RepeatEnd end);
    void failed(
        const sockeye::Failure& failure); ///< an exchange, or a connection without one; None: an exchange went well

private:
    void finish(const Exchange& exchange);
    void finishRepeated(const Exchange& exchange);
    void endRepeating(RepeatEnd end);
    void show(const TranscriptEntry& request, const Exchange& exchange);
    [[nodiscard]] TranscriptEntry newEntry(const SendPlan& plan, const CopiedRequest& request);

    std::shared_ptr<Capture> m_capture;
    Client* m_client;
    TranscriptModel* m_transcript;
    std::deque<TranscriptEntry> m_waiting; ///< requests under way, oldest first: exchanges end in order
    std::optional<TranscriptEntry> m_repeated; ///< what each entry of the present repetition begins as
    QList<FailureCode> m_failures; ///< that the transcript has of the repetition
    qint64 m_lastShown = 0; ///< when the last exchange that the transcript has of it began
    RepeatReport m_report;
    quint64 m_exchanges = 0;
};

} // namespace sockeye
