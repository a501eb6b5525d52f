// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_summary.h"

#include "app/recording/rule_hits.h"
#include "app/recording/strike_book.h"
#include "app/words/latency_text.h"
#include "protocol/content/text_codec.h"
#include "protocol/protocols/encoded/encoded_protocol.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// What stands before a message in its stream: from a place where a character begins.
QByteArray textBefore(const Capture& capture, const MessageRecord& record, const QByteArray& encoding)
{
    constexpr qint64 enough = 4096; // of whole units
    const qint64 begin = record.offset <= enough ? 0 : (record.offset - enough) / 4 * 4;
    QByteArray bytes = capture.read(record.connection, record.direction, begin, record.offset - begin);
    if (begin > 0 && encodingUnit(encoding) == 1) {
        // No character goes on with one of the first 48 bytes.
        const auto* const border =
            std::find_if(bytes.cbegin(), bytes.cend(), [](char c) { return static_cast<uchar>(c) < 0x30; });
        bytes.remove(0, border != bytes.cend() ? border - bytes.cbegin() : 0);
    }
    return bytes;
}

} // namespace

MessageSummary summarize(const Capture& capture, const MessageRecord& record)
{
    switch (record.kind) {
    case RecordKind::BadMessage:
    case RecordKind::Error:
        return { MessageKind::Error, oneLine(capture.text(record.text)) };
    case RecordKind::Note:
        return { MessageKind::Note, oneLine(capture.text(record.text)) };
    case RecordKind::Message:
        break;
    }
    const auto readFirst = [&](qint64 size) {
        return capture.read(record.connection, record.direction, record.offset, std::min(record.size, size));
    };
    const ProtocolPtr spoken = capture.protocolOf(record.connection, record.direction);
    const Protocol& protocol = *spoken;
    QByteArray bytes = readFirst(protocol.summaryBytes({}));
    if (const qint64 needed = protocol.summaryBytes(bytes); needed > bytes.size() && bytes.size() < record.size) {
        bytes = readFirst(needed);
    }
    if (const auto* const encoded = dynamic_cast<const EncodedProtocol*>(&protocol)) {
        return encoded->summaryAfter(textBefore(capture, record, encoded->encoding()), bytes, record.size);
    }
    return protocol.summary(bytes, record.size);
}

QString cellText(const Capture& capture, const MessageRecord& record, MessageColumn column,
    const MessageSummary* summary, std::optional<qint64> latency)
{
    switch (column) {
    case MessageColumn::Time:
        return secondsText(record.time - capture.startTime());
    case MessageColumn::Connection:
        return record.connection == 0
            ? QString()
            : QCoreApplication::translate("sockeye::MessagesModel", "#%1").arg(record.connection);
    case MessageColumn::Direction:
        return hasDirection(record) ? directionText(record.direction) : QString();
    case MessageColumn::Size:
        return hasDirection(record) ? groupedNumber(record.size) : QString();
    case MessageColumn::Kind:
        return kindText(summary != nullptr ? summary->kind : summarize(capture, record).kind);
    case MessageColumn::Latency:
        return latency ? latencyText(*latency) : QString();
    case MessageColumn::Rule:
        return hasDirection(record) ? capture.ruleHits().find(record.connection, record.direction, record.offset)
                                    : QString();
    case MessageColumn::Fault:
        return hasDirection(record)
            ? capture.strikes().find(record.connection, record.direction, record.offset, record.size)
            : QString();
    case MessageColumn::Summary:
        return summary != nullptr ? summary->text : summarize(capture, record).text;
    }
    return {};
}

QString kindText(MessageKind kind)
{
    switch (kind) {
    case MessageKind::Json:
        return QCoreApplication::translate("sockeye::MessageKind", "JSON");
    case MessageKind::Binary:
        return QCoreApplication::translate("sockeye::MessageKind", "binary");
    case MessageKind::Text:
        return QCoreApplication::translate("sockeye::MessageKind", "text");
    case MessageKind::Error:
        return QCoreApplication::translate("sockeye::MessageKind", "error");
    case MessageKind::Note:
        return QCoreApplication::translate("sockeye::MessageKind", "note");
    }
    return {};
}

QString directionText(Direction direction)
{
    return direction == Direction::In ? QCoreApplication::translate("sockeye::Direction", "← in")
                                      : QCoreApplication::translate("sockeye::Direction", "→ out");
}

} // namespace sockeye
