// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcript_entry.h"

#include "protocol/text/visible_text.h"
#include "ui/text/byte_count_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qsizetype maxText = 4096;
constexpr QStringView separator = u" · ";

QString transcriptText(const char* text)
{
    return QCoreApplication::translate("sockeye::Transcript", text);
}

/// Bytes without a header, for reading: text where they are text, hex where they are not.
QString plainText(QByteArrayView bytes)
{
    const QByteArrayView shown = bytes.first(qMin(bytes.size(), maxText));
    const QString text = QString::fromUtf8(shown);
    const bool isText = std::none_of(text.cbegin(), text.cend(),
        [](QChar c) { return c == QChar::ReplacementCharacter || (c.unicode() < 0x20 && !c.isSpace()); });
    if (isText) {
        return visibleLines(text.trimmed());
    }
    const QByteArrayView head = shown.first(qMin<qsizetype>(shown.size(), 64));
    const QString hex = QString::fromLatin1(head.toByteArray().toHex(' '));
    return head.size() < bytes.size() ? QString(hex + u" …") : hex;
}

QString requestText(const CopiedRequest& request, qint64 size)
{
    const Protocol& protocol = request.protocol->spokenBy(Sender::Client);
    if (!protocol.hasStructure() || request.bytes.isEmpty()) {
        return request.bytes.isEmpty() ? byteCountText(size) : plainText(request.bytes);
    }
    Frames frames;
    protocol.newFraming()->feed(request.bytes, frames);
    if (frames.empty()) {
        return request.action.isEmpty()
            ? plainText(request.bytes)
            : transcriptText("%1 \"%2\", not well-formed").arg(request.action, request.value);
    }
    return protocol.saying(frames.front(), request.bytes, maxText).text;
}

} // namespace

TranscriptEntry requestEntry(quint64 number, std::shared_ptr<const SentRequest> request, qint64 time)
{
    TranscriptEntry entry;
    entry.exchange = number;
    entry.time = time;
    entry.text = requestText(request->request, request->size);
    entry.detail = byteCountText(request->size) + separator + transcriptText("under way…");
    entry.request = std::move(request);
    return entry;
}

void completeRequest(TranscriptEntry& entry, const Exchange& exchange)
{
    QStringList words { byteCountText(entry.request->size) };
    if (exchange.connection != 0) {
        entry.connection = exchange.connection;
        entry.offset = exchange.requestOffset;
        entry.size = exchange.requestSize;
        words.append(transcriptText("to %1").arg(exchange.peer.toString()));
        const bool isStream = entry.request->request.transport == Transport::Tcp;
        const QString number =
            (isStream ? transcriptText("connection #%1") : transcriptText("socket #%1")).arg(exchange.connection);
        words.append(exchange.reused ? transcriptText("%1, kept").arg(number) : number);
    } else {
        words.append(transcriptText("not sent"));
    }
    const CopiedRequest& request = entry.request->request;
    if (!request.chunks.isEmpty()) {
        words.append(request.transport == Transport::Udp ? transcriptText("in several datagrams")
                : request.chunks == QList<qint64> { 1 }  ? transcriptText("byte by byte")
                                                         : transcriptText("in pieces"));
    }
    entry.detail = words.join(separator);
}

std::optional<TranscriptEntry> resultEntry(const TranscriptEntry& request, const Exchange& exchange)
{
    if (exchange.ok() && exchange.reply.isEmpty() && exchange.whole < 0) { // an empty datagram is a reply, too
        return std::nullopt;
    }
    TranscriptEntry entry;
    entry.exchange = request.exchange;
    entry.capture = request.capture;
    entry.rowHint = request.rowHint;
    entry.request = request.request;
    entry.time = exchange.startedAt + std::max<qint64>(0, std::max(exchange.whole, exchange.firstByte));
    entry.direction = Direction::In;
    entry.connection = exchange.connection;
    entry.offset = exchange.replyOffset;
    entry.size = exchange.reply.size();
    entry.steps = ExchangeSteps::of(exchange);
    if (exchange.failure) {
        entry.kind = TranscriptEntry::Kind::Failed;
        entry.failure = exchange.failure;
        entry.text = exchange.failure.what;
        entry.detail =
            exchange.reply.isEmpty() ? QString() : transcriptText("%1 came").arg(byteCountText(exchange.reply.size()));
        return entry;
    }
    entry.kind = TranscriptEntry::Kind::Reply;
    entry.detail = byteCountText(exchange.reply.size());
    const Frame& frame = exchange.replyFrame;
    const Protocol& protocol = request.request->request.protocol->spokenBy(Sender::Server);
    entry.text = protocol.replyText(frame, exchange.reply, maxText);
    if (entry.text.isEmpty()) {
        entry.text = plainText(exchange.reply);
    }
    entry.isErrorReply = protocol.isRefusal(frame, entry.text);
    if (entry.text.isEmpty()) {
        entry.text = transcriptText("(empty)");
    }
    return entry;
}

TranscriptEntry failureEntry(const Failure& failure)
{
    TranscriptEntry entry;
    entry.kind = TranscriptEntry::Kind::Failed;
    entry.time = captureNow();
    entry.failure = failure;
    entry.text = failure.what;
    return entry;
}

} // namespace sockeye
