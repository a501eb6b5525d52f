// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_order.h"

#include "ui/messages/message_summary.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// What one row is sorted by: numbers as one word, text as its first 24 bytes. Of a fixed size, so that millions
/// sort without an allocation each.
struct SortKey {
    std::array<quint64, 3> words {};
    quint32 row = 0;
};

/// Order-preserving: the sign bit flipped puts negative numbers first.
quint64 numberKey(qint64 number)
{
    return static_cast<quint64>(number) ^ (quint64(1) << 63);
}

std::array<quint64, 3> textKey(const QString& text)
{
    // Twenty-four characters are never fewer than 24 bytes, however they are encoded.
    const QByteArray folded = text.left(24).toCaseFolded().toUtf8().leftJustified(24, '\0', true);
    std::array<quint64, 3> words {};
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = qFromBigEndian<quint64>(folded.constData() + i * sizeof(quint64));
    }
    return words;
}

std::array<quint64, 3> sortWords(
    const Capture& capture, const MessageRecord& record, qsizetype row, MessageColumn column)
{
    switch (column) {
    case MessageColumn::Time:
        // Messages of one read came at the same time, and still one after the other.
        return { numberKey(record.time), static_cast<quint64>(row) };
    case MessageColumn::Connection:
        return { record.connection };
    case MessageColumn::Direction:
        return { hasDirection(record) ? static_cast<quint64>(record.direction) + 1 : 0 };
    case MessageColumn::Size:
        return { numberKey(record.size) };
    case MessageColumn::Kind:
        return { static_cast<quint64>(summarize(capture, record).kind) };
    case MessageColumn::Summary:
        return textKey(summarize(capture, record).text);
    }
    return {};
}

constexpr qsizetype rowsBetweenChecks = 4096;

MessageRows filteredRows(
    const Capture& capture, const MessageFilter& filter, qsizetype count, const QPromise<MessageRows>& promise)
{
    MessageRows rows;
    for (qsizetype row = 0; row < count; ++row) {
        if (row % rowsBetweenChecks == 0 && promise.isCanceled()) {
            return {};
        }
        if (filter.matches(capture.message(row))) {
            rows.push_back(static_cast<quint32>(row));
        }
    }
    return rows;
}

} // namespace

MessageRows arrangedRows(const Capture& capture, const MessageArrangement& arrangement, qsizetype count,
    const QPromise<MessageRows>& promise)
{
    if (!arrangement.sorted) {
        return filteredRows(capture, arrangement.filter, count, promise);
    }
    std::vector<SortKey> keys;
    for (qsizetype row = 0; row < count; ++row) {
        if (row % rowsBetweenChecks == 0 && promise.isCanceled()) {
            return {};
        }
        const MessageRecord record = capture.message(row);
        if (arrangement.filter.matches(record)) {
            keys.push_back({ sortWords(capture, record, row, arrangement.column), static_cast<quint32>(row) });
        }
    }
    // Equal ones stay as they happened, in both orders: that is what people expect of a log.
    const bool ascending = arrangement.order == Qt::AscendingOrder;
    std::sort(keys.begin(), keys.end(), [ascending](const SortKey& a, const SortKey& b) {
        if (a.words != b.words) {
            return ascending ? a.words < b.words : b.words < a.words;
        }
        return a.row < b.row;
    });
    MessageRows rows;
    rows.reserve(keys.size());
    for (const SortKey& key : keys) {
        rows.push_back(key.row);
    }
    return rows;
}

} // namespace sockeye
