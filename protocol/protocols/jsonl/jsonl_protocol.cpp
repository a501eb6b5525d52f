// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/jsonl/jsonl_protocol.h"

#include "protocol/annotation/json_text_fields.h"
#include "protocol/annotation/named_fields.h"
#include "protocol/base/message_editor.h"
#include "protocol/protocols/lines/lines_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

const QString& lineSubject()
{
    static const QString line = QStringLiteral("line");
    return line;
}

QString jsonlText(const char* text)
{
    return QCoreApplication::translate("sockeye::JsonLinesProtocol", text);
}

/// The line without what ends it.
QByteArrayView textOfLine(QByteArrayView line)
{
    if (line.endsWith('\n')) {
        line.chop(line.endsWith(QByteArrayView("\r\n")) ? 2 : 1);
    }
    return line;
}

} // namespace

const ProtocolPtr& jsonLinesProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const JsonLinesProtocol>();
    return protocol;
}

QString JsonLinesProtocol::id() const
{
    return QStringLiteral("jsonl");
}

QString JsonLinesProtocol::title() const
{
    return jsonlText("JSON Lines");
}

std::unique_ptr<Framing> JsonLinesProtocol::newFraming(const Limits& limits) const
{
    Limits ofLines = limits;
    ofLines.maxLine = limits.maxContent; // a line is content here
    return std::make_unique<LinesFraming>(ofLines);
}

bool JsonLinesProtocol::mayBegin(QByteArrayView bytes) const
{
    const QByteArrayView text = bytes.trimmed();
    return text.isEmpty() || text.front() == '{' || text.front() == '[';
}

QString JsonLinesProtocol::waitingFor(const Progress& progress) const
{
    return jsonlText("end of line: %1 without a line feed").arg(byteCount(progress.have));
}

QString JsonLinesProtocol::reached(const Progress& progress) const
{
    return jsonlText("%1 bytes into a line").arg(progress.have);
}

QString JsonLinesProtocol::adviceOn(const Progress&) const
{
    return jsonlText(
        "A message is one JSON text on a line here, and a line ends with a line feed (\n). Does the sender write one, "
        "does it write the JSON without line feeds, and does it flush?");
}

QString JsonLinesProtocol::nextMessage() const
{
    return jsonlText("the next line");
}

void JsonLinesProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qsizetype feed = message.indexOf('\n');
    const qint64 size = feed < 0 ? message.size() : feed + 1;
    const qint64 end = textOfLine(QByteArrayView(message).first(size)).size();
    NamedFields fields(builder);
    if (QByteArrayView(message).first(end).trimmed().isEmpty()) {
        builder.leaf(FieldKind::Punctuation, 0, size);
    } else {
        fields.open(FieldKind::Content, nullptr, 0);
        annotateJsonText(builder, 0, end, feed < 0 && !options.checked, lineSubject(), options);
        fields.close(end);
        builder.leaf(FieldKind::Punctuation, end, size);
    }
    fields.leaf(FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the line"), size, message.size());
}

MessageSummary JsonLinesProtocol::summary(QByteArrayView first, qint64 size) const
{
    const QByteArrayView text = size == first.size() ? textOfLine(first) : first;
    if (text.isEmpty()) {
        return { MessageKind::Text, QCoreApplication::translate("sockeye::SummaryTexts", "empty line") };
    }
    return { MessageKind::Json, preview(text, size - first.size() + text.size()) };
}

MessageSummary JsonLinesProtocol::saying(const Frame&, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView text = bytes.trimmed();
    return { MessageKind::Json, visibleText(text, maxChars) };
}

DecodedMessage JsonLinesProtocol::decodedParts(
    DecodedParts, const Frame&, QByteArrayView bytes, const Limits& limits) const
{
    DecodedMessage decoded;
    const QByteArrayView text = bytes.trimmed();
    if (!text.isEmpty() && checkJsonText(text, 0, lineSubject(), limits)) {
        decoded.content = text.toByteArray();
    }
    return decoded;
}

QString JsonLinesProtocol::whyNotJson() const
{
    return jsonlText("The line is empty, or it is not JSON.");
}

Result<void> JsonLinesProtocol::check(const Frame& frame, QByteArrayView content, const Limits& limits) const
{
    const QByteArrayView text = textOfLine(content);
    return text.trimmed().isEmpty() ? Result<void>()
                                    : checkJsonText(text, frame.offset + frame.contentOffset, lineSubject(), limits);
}

tl::expected<QByteArray, QString> JsonLinesProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return content.endsWith('\n') ? content.toByteArray() : content.toByteArray() + '\n';
}

std::unique_ptr<MessageEditor> JsonLinesProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    return std::make_unique<MessageEditor>(message, message.size() - textOfLine(message).size());
}

} // namespace sockeye
