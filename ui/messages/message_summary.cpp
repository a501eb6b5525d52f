// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messages/message_summary.h"

#include "protocol/framing/header_decoder.h"
#include "protocol/message.h"
#include "protocol/text/visible_text.h"
#include "ui/text/byte_count_text.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>
#include <limits>
#include <optional>

namespace sockeye {

namespace {

constexpr qsizetype maxChars = 200;
constexpr qsizetype maxHexBytes = 32;

class SummaryTexts {
    Q_DECLARE_TR_FUNCTIONS(sockeye::SummaryTexts)
public:
    static QString binary(qint64 size, const QString& preview)
    {
        return size == 0 ? tr("binary, empty") : tr("binary %1: %2").arg(byteCountText(size), preview);
    }
    static QString json(qint64 size, const QString& preview)
    {
        return tr("JSON %1: %2").arg(byteCountText(size), preview);
    }
    static QString empty() { return tr("empty line"); }
    static QString nothing() { return tr("empty datagram"); }
};

/// One line that shows what it is made of.
QString oneLine(const QString& text)
{
    return visibleText(text, maxChars);
}

/// The bytes as text if that is what they are. A character cut off at the end of a beginning is no fault.
std::optional<QString> asText(QByteArrayView bytes)
{
    const bool hasControls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto code = static_cast<uchar>(c);
        return code < 0x20 && code != '\n' && code != '\r' && code != '\t';
    });
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (hasControls || decoder.hasError()) {
        return std::nullopt;
    }
    return text;
}

QString hexPreview(QByteArrayView bytes, qint64 size)
{
    const QByteArray first = bytes.first(std::min(bytes.size(), maxHexBytes)).toByteArray();
    return QString::fromLatin1(first.toHex(' ')) + (size > first.size() ? QStringLiteral(" …") : QString());
}

QString preview(QByteArrayView bytes, qint64 size)
{
    const std::optional<QString> text = asText(bytes);
    if (!text) {
        return hexPreview(bytes, size);
    }
    return oneLine(size > bytes.size() ? QString(*text + QChar(u'…')) : *text);
}

/// Bytes from the start of a message to its content, as its fixed header says; `bytes` are its first ones.
qint64 announcedContentOffset(QByteArrayView bytes)
{
    constexpr qsizetype fixedHeaderSize = 2;
    return bytes.size() < fixedHeaderSize ? fixedHeaderSize : fixedHeaderSize + qFromBigEndian<quint16>(bytes.data());
}

std::optional<Header> headerOf(QByteArrayView bytes)
{
    const qint64 contentOffset = announcedContentOffset(bytes);
    if (contentOffset > bytes.size()) {
        return std::nullopt;
    }
    Limits limits;
    limits.maxContent = std::numeric_limits<qint64>::max(); // whether it is too long was decided long ago
    const Result<Header> header = decodeHeader(bytes.sliced(2, contentOffset - 2), 2, limits);
    return header ? std::optional(*header) : std::nullopt;
}

MessageSummary rawSummary(QByteArrayView bytes, qint64 size)
{
    if (size == 0) {
        return { MessageKind::Binary, SummaryTexts::nothing() };
    }
    if (const std::optional<QString> text = asText(bytes)) {
        return { MessageKind::Text, oneLine(size > bytes.size() ? QString(*text + QChar(u'…')) : *text) };
    }
    return { MessageKind::Binary, SummaryTexts::binary(size, hexPreview(bytes, size)) };
}

MessageSummary lineSummary(QByteArrayView bytes, qint64 size)
{
    QByteArrayView line = bytes;
    while (size == bytes.size() && !line.isEmpty() && (line.back() == '\n' || line.back() == '\r')) {
        line.chop(1);
    }
    return { MessageKind::Text,
        line.isEmpty() ? SummaryTexts::empty() : preview(line, size - bytes.size() + line.size()) };
}

MessageSummary appSummary(QByteArrayView bytes, qint64 size)
{
    const std::optional<Header> header = headerOf(bytes);
    if (!header) {
        return { MessageKind::Binary, SummaryTexts::binary(size, preview(bytes, size)) };
    }
    const MessageKind kind = header->isJson()               ? MessageKind::Json
        : header->contentType.toLower().startsWith("text/") ? MessageKind::Text
                                                            : MessageKind::Binary;
    const QByteArrayView content = bytes.sliced(announcedContentOffset(bytes));
    if (content.size() == header->contentLength) {
        return { kind, oneLine(summary(*header, content, maxChars)) };
    }
    const QString beginning = preview(content, header->contentLength);
    return { kind,
        header->isJson() ? SummaryTexts::json(header->contentLength, beginning)
                         : SummaryTexts::binary(header->contentLength, beginning) };
}

} // namespace

MessageSummary summarizeBytes(FramingKind framing, QByteArrayView bytes, qint64 size)
{
    switch (framing) {
    case FramingKind::App:
        return appSummary(bytes, size);
    case FramingKind::Raw:
    case FramingKind::Datagram:
        return rawSummary(bytes, size);
    case FramingKind::Lines:
        return lineSummary(bytes, size);
    }
    return {};
}

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
    const FramingKind framing = capture.framingOf(record.connection);
    QByteArray bytes = readFirst(summaryBytes);
    if (framing == FramingKind::App && announcedContentOffset(bytes) > bytes.size()) {
        bytes = readFirst(announcedContentOffset(bytes) + summaryBytes);
    }
    return summarizeBytes(framing, bytes, record.size);
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
