// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/client/client_conversation.h"

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

/// Larger requests are only kept in the capture.
constexpr qsizetype maxKeptBytes = 64 * 1024;
/// What is copied or edited again at most; read from disk by the GUI thread.
constexpr qint64 maxReadBack = 1024 * 1024;
/// Nanoseconds between two exchanges of a repetition in the transcript, at least.
constexpr qint64 readableInterval = 500'000'000;

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
    connect(m_client, &Client::repeatFinished, this, &ClientConversation::endRepeating);
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
    const auto change = [&capture](TranscriptEntry& waiting) {
        waiting.capture = capture;
        waiting.rowHint = 0;
    };
    std::for_each(m_waiting.begin(), m_waiting.end(), change);
    if (m_repeated) {
        change(*m_repeated);
    }
    Q_EMIT captureChanged();
}

TranscriptEntry ClientConversation::newEntry(const SendPlan& plan, const CopiedRequest& request)
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
    return entry;
}

void ClientConversation::send(const ClientOptions& options, const SendPlan& plan, const CopiedRequest& request)
{
    TranscriptEntry entry = newEntry(plan, request);
    m_waiting.push_back(entry);
    m_transcript->append(std::move(entry));
    m_client->send(options, plan);
    Q_EMIT busyChanged();
}

void ClientConversation::repeat(
    const ClientOptions& options, const SendPlan& plan, const Repetition& repetition, const CopiedRequest& request)
{
    m_repeated = newEntry(plan, request);
    m_report = {};
    m_failures.clear();
    m_lastShown = 0;
    m_client->repeat(options, plan, repetition);
    Q_EMIT busyChanged();
}

void ClientConversation::finish(const Exchange& exchange)
{
    if (exchange.repeats) {
        finishRepeated(exchange);
        return;
    }
    if (m_waiting.empty()) {
        return;
    }
    const TranscriptEntry request = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_transcript->changeRequest(
        request.exchange, [&exchange](TranscriptEntry& entry) { completeRequest(entry, exchange); });
    show(request, exchange);
    Q_EMIT busyChanged();
    Q_EMIT exchangeFinished(exchange);
    Q_EMIT failed(exchange.failure);
}

void ClientConversation::show(const TranscriptEntry& request, const Exchange& exchange)
{
    if (std::optional<TranscriptEntry> result = resultEntry(request, exchange)) {
        m_transcript->append(std::move(*result));
    }
}

void ClientConversation::finishRepeated(const Exchange& exchange)
{
    if (!m_repeated) {
        return; // given up before the I/O thread heard of it
    }
    m_report.add(exchange);
    const bool isNews = exchange.failure && !m_failures.contains(exchange.failure.code);
    // What differs from the one before is of interest, as long as there is not too much of it.
    constexpr qint64 mostAtOnce = 100;
    const bool isOther = !exchange.request.isNull() && exchange.number < mostAtOnce;
    if (isNews || isOther || exchange.startedAt - m_lastShown >= readableInterval) {
        m_lastShown = exchange.startedAt;
        TranscriptEntry request = *m_repeated;
        request.exchange = ++m_exchanges;
        request.time = exchange.startedAt;
        if (!exchange.request.isNull()) {
            const auto sent = std::make_shared<SentRequest>(*request.request);
            sent->request.bytes = exchange.request;
            sent->request.action.clear();
            sent->request.value.clear();
            sent->size = exchange.request.size();
            request = requestEntry(request.exchange, sent, request.time);
            request.capture = m_repeated->capture;
            request.rowHint = m_repeated->rowHint;
        }
        completeRequest(request, exchange);
        m_transcript->append(request);
        show(request, exchange);
    }
    Q_EMIT exchangeFinished(exchange);
    if (isNews) {
        m_failures.append(exchange.failure.code);
        Q_EMIT failed(exchange.failure);
    }
}

void ClientConversation::endRepeating(RepeatEnd end)
{
    m_repeated.reset();
    Q_EMIT busyChanged();
    Q_EMIT repeatFinished(end);
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
