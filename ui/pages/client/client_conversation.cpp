// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_conversation.h"

#include <utility>

namespace sockeye {

namespace {

/// Larger requests are only kept in the capture.
constexpr qsizetype maxKeptBytes = 64 * 1024;
/// What is copied or edited again at most; read from disk by the GUI thread.
constexpr qint64 maxReadBack = 1024 * 1024;

std::shared_ptr<Capture> newCapture()
{
    CaptureOptions options;
    options.title = ClientConversation::tr("Client");
    return Capture::create(options);
}

} // namespace

ClientConversation::ClientConversation(IoThreads& threads, QObject* parent)
    : QObject(parent)
    , m_capture(newCapture())
    , m_client(new Client(threads, m_capture, this))
    , m_transcript(new TranscriptModel(this))
{
    connect(m_client, &Client::stateChanged, this, &ClientConversation::stateChanged);
    connect(m_client, &Client::exchangeFinished, this, &ClientConversation::finish);
    connect(m_client, &Client::failed, this, [this](const Failure& failure) {
        m_transcript->append(failureEntry(failure));
        Q_EMIT failed(failure);
    });
}

void ClientConversation::showReading(const std::shared_ptr<Capture>& capture)
{
    if (capture == m_capture) {
        return;
    }
    m_capture = capture;
    m_transcript->showReading(capture);
    for (TranscriptEntry& waiting : m_waiting) {
        waiting.capture = capture;
        waiting.rowHint = 0;
    }
    Q_EMIT captureChanged();
}

void ClientConversation::send(const ClientOptions& options, const SendPlan& plan, const CopiedRequest& request)
{
    auto sent = std::make_shared<SentRequest>();
    sent->request = request;
    sent->size = plan.bytes.size();
    if (plan.bytes.size() <= maxKeptBytes) {
        sent->request.bytes = plan.bytes;
    } else {
        sent->request.bytes.clear();
    }
    TranscriptEntry entry = requestEntry(++m_exchanges, std::move(sent), captureNow());
    entry.capture = m_capture;
    entry.rowHint = entry.capture->messageCount();
    m_waiting.push_back(entry);
    m_transcript->append(std::move(entry));
    m_client->send(options, plan);
    Q_EMIT busyChanged();
}

void ClientConversation::finish(const Exchange& exchange)
{
    if (m_waiting.empty()) {
        return;
    }
    const TranscriptEntry request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_transcript->changeRequest(
        request.exchange, [&exchange](TranscriptEntry& entry) { completeRequest(entry, exchange); });
    if (std::optional<TranscriptEntry> result = resultEntry(request, exchange)) {
        m_transcript->append(std::move(*result));
    }
    Q_EMIT busyChanged();
    Q_EMIT exchangeFinished(exchange);
    Q_EMIT failed(exchange.failure);
}

QByteArray ClientConversation::requestBytes(const TranscriptEntry& entry) const
{
    if (!entry.request) {
        return {};
    }
    if (!entry.request->request.bytes.isEmpty()) {
        return entry.request->request.bytes;
    }
    if (entry.kind != TranscriptEntry::Kind::Request || entry.size == 0 || entry.size > maxReadBack) {
        return {};
    }
    return entry.capture->read(entry.connection, Direction::Out, entry.offset, entry.size);
}

} // namespace sockeye
