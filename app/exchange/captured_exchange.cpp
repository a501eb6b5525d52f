// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/exchange/captured_exchange.h"

#include "app/recording/stream_index.h"

namespace sockeye {

namespace {

constexpr qsizetype rowsAtOnce = 64 * 1024;

} // namespace

ExchangeFinder::ExchangeFinder(std::shared_ptr<const Capture> capture)
    : m_capture(std::move(capture))
{
}

std::optional<CapturedExchange> ExchangeFinder::of(qsizetype row, const std::function<bool()>& isWanted)
{
    const std::lock_guard lock(m_mutex);
    if (row < 0 || row >= m_capture->messageCount()) {
        return std::nullopt;
    }
    const quint32 connection = m_capture->message(row).connection;
    if (!m_pairs || m_pairs->connection() != connection) {
        m_pairs.emplace(m_capture, connection);
    }
    // A request's reply lies somewhere behind it.
    for (bool hasMore = true; hasMore;) {
        if (!isWanted()) {
            return std::nullopt;
        }
        const auto known = m_pairs->of(row);
        if (m_pairs->taken() > row && (!known || known->reply >= 0)) {
            break;
        }
        hasMore = m_pairs->takeNew(rowsAtOnce);
    }
    return measured(row);
}

/// When the first of its bytes came or went.
qint64 ExchangeFinder::beginOf(const MessageRecord& record) const
{
    qint64 time = record.time;
    if (record.size > 0) { // an empty datagram holds no byte to ask for
        m_capture->look(record.connection, record.direction, [&](const StreamIndex& stream) {
            if (record.offset < stream.size()) {
                time = std::min(time, stream.callAt(record.offset).time);
            }
        });
    }
    return time;
}

std::optional<CapturedExchange> ExchangeFinder::measured(qsizetype row) const
{
    const std::optional<ExchangePairs::Pair> pair = m_pairs->of(row);
    if (!pair) {
        return std::nullopt;
    }
    CapturedExchange exchange;
    exchange.rows = *pair;
    const std::optional<ConnectionRecord> connection = m_capture->connection(m_pairs->connection());
    exchange.isOver = pair->reply >= 0 || !m_capture->mayGrow() || (connection && connection->closedAt != 0);
    if (pair->request < 0) {
        const MessageRecord reply = m_capture->message(pair->reply);
        const qint64 begin = beginOf(reply);
        exchange.steps.durations[ExchangeSteps::Reply] = reply.time - begin;
        return exchange;
    }
    const MessageRecord request = m_capture->message(pair->request);
    const qint64 begin = beginOf(request);
    qint64 firstByte = -1;
    qint64 whole = -1;
    if (pair->reply >= 0) {
        const MessageRecord reply = m_capture->message(pair->reply);
        firstByte = std::max(begin, beginOf(reply)); // times of a file may go back
        whole = reply.time;
    }
    exchange.steps.setMessages(begin, request.time, firstByte, whole);
    const bool isFirst = pair->request == m_pairs->firstRequest();
    const bool isTold = isFirst && connection && !connection->facts.midway && m_pairs->securedAt() != 0;
    if (isTold && m_pairs->securedAt() >= connection->openedAt) {
        exchange.steps.durations[ExchangeSteps::Tls] = m_pairs->securedAt() - connection->openedAt;
    }
    return exchange;
}

} // namespace sockeye
