// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "ui/transcript/transcript_model.h"

#include <QObject>

#include <deque>

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
    [[nodiscard]] bool isBusy() const { return !m_waiting.empty(); }

    /// The bytes of the request of an entry, from memory or from the capture; null if nobody has them any more.
    [[nodiscard]] QByteArray requestBytes(const TranscriptEntry& entry) const;

Q_SIGNALS:
    void stateChanged(); ///< of the client
    void captureChanged();
    void busyChanged();
    void exchangeFinished(const sockeye::Exchange& exchange);
    void failed(
        const sockeye::Failure& failure); ///< an exchange, or a connection without one; None: an exchange went well

private:
    void finish(const Exchange& exchange);

    std::shared_ptr<Capture> m_capture;
    Client* m_client;
    TranscriptModel* m_transcript;
    std::deque<TranscriptEntry> m_waiting; ///< requests under way, oldest first: exchanges end in order
    quint64 m_exchanges = 0;
};

} // namespace sockeye
