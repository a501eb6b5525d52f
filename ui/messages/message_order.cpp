// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_order.h"

#include "app/filtering/row_latencies.h"
#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "ui/messages/message_summary.h"
#include "ui/messages/row_sorter.h"

#include <QtEndian>

#include <algorithm>

namespace sockeye {

namespace {

/// Order-preserving: the sign bit flipped puts negative numbers first.
quint64 numberKey(qint64 number)
{
    return static_cast<quint64>(number) ^ (quint64(1) << 63);
}

SortWords textKey(const QString& text)
{
    // Twenty-four characters are never fewer than 24 bytes, however they are encoded.
    const QByteArray folded = text.left(24).toCaseFolded().toUtf8().leftJustified(24, '\0', true);
    SortWords words {};
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = qFromBigEndian<quint64>(folded.constData() + i * sizeof(quint64));
    }
    return words;
}

SortWords sortWords(const Capture& capture, const MessageRecord& record, qsizetype row, MessageColumn column,
    const RowLatencies& latencies)
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
    case MessageColumn::Latency: {
        // What is no reply comes first: behind all of them where the slowest are wanted first.
        const std::optional<qint64> latency = latencies.at(row);
        return { latency ? numberKey(*latency) : 0 };
    }
    case MessageColumn::Rule:
        return textKey(capture.ruleHits().find(record.connection, record.direction, record.offset));
    case MessageColumn::Fault:
        return textKey(capture.strikes().find(record.connection, record.direction, record.offset, record.size));
    case MessageColumn::Summary:
        return textKey(summarize(capture, record).text);
    }
    return {};
}

/// How many of its words are used.
int wordCount(MessageColumn column)
{
    return column == MessageColumn::Summary || column == MessageColumn::Rule || column == MessageColumn::Fault ? 3
        : column == MessageColumn::Time                                                                        ? 2
                                                                                                               : 1;
}

constexpr qsizetype rowsBetweenChecks = 4096;
constexpr qsizetype rowsInPiece = 256 * 1024;

/// Tells `use` of each row that passes; false when `promise` was cancelled meanwhile.
template <typename Use>
bool forFiltered(const Capture& capture, const MessageFilter& filter, qsizetype count, CaptureScan* scan,
    QPromise<MessageRows>& promise, Use&& use)
{
    if (scan == nullptr) {
        for (qsizetype row = 0; row < count; ++row) {
            if (row % rowsBetweenChecks == 0 && promise.isCanceled()) {
                return false;
            }
            const MessageRecord record = capture.message(row);
            if (filter.accepts(record)) {
                use(row, record);
            }
        }
        return true;
    }
    while (scan->looked() < count && !promise.isCanceled()) {
        const qsizetype end = std::min(count, scan->looked() + rowsInPiece);
        for (const quint32 row : scan->scan(end, [&promise] { return promise.isCanceled(); }).rows) {
            use(static_cast<qsizetype>(row), capture.message(static_cast<qsizetype>(row)));
        }
        promise.setProgressValue(static_cast<int>(scan->looked() * 100 / count));
    }
    return !promise.isCanceled();
}

} // namespace

MessageRows arrangedRows(const Capture& capture, const MessageArrangement& arrangement, qsizetype count,
    CaptureScan* scan, QPromise<MessageRows>& promise)
{
    promise.setProgressRange(0, 100);
    if (!arrangement.sorted) {
        MessageRows rows;
        const bool isWhole = forFiltered(capture, arrangement.filter, count, scan, promise,
            [&rows](qsizetype row, const MessageRecord&) { rows.append(static_cast<quint32>(row)); });
        return isWhole ? rows : MessageRows();
    }
    // Equal ones stay as they happened, in both orders: that is what people expect of a log.
    RowLatencies latencies(capture);
    if (arrangement.column == MessageColumn::Latency) {
        latencies.lookAt(count, [&promise] { return promise.isCanceled(); });
    }
    RowSorter sorter(wordCount(arrangement.column), arrangement.order == Qt::AscendingOrder);
    const bool isWhole =
        forFiltered(capture, arrangement.filter, count, scan, promise, [&](qsizetype row, const MessageRecord& record) {
            sorter.add(sortWords(capture, record, row, arrangement.column, latencies), static_cast<quint32>(row));
        });
    return isWhole ? sorter.sorted([&promise] { return promise.isCanceled(); }) : MessageRows();
}

} // namespace sockeye
