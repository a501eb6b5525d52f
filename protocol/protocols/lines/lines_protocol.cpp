// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/lines/lines_protocol.h"

#include "protocol/base/message_editor.h"
#include "protocol/protocols/lines/lines_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString linesText(const char* text)
{
    return QCoreApplication::translate("sockeye::LinesProtocol", text);
}

} // namespace

const ProtocolPtr& linesProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const LinesProtocol>();
    return protocol;
}

QString LinesProtocol::id() const
{
    return QStringLiteral("lines");
}

QString LinesProtocol::title() const
{
    return linesText("Lines of text");
}

std::unique_ptr<Framing> LinesProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<LinesFraming>(limits);
}

QString LinesProtocol::waitingFor(const Progress& progress) const
{
    return linesText("end of line: %1 without a line feed").arg(byteCount(progress.have));
}

QString LinesProtocol::reached(const Progress& progress) const
{
    return linesText("%1 into a line").arg(byteCount(progress.have));
}

QString LinesProtocol::adviceOn(const Progress&) const
{
    return linesText(
        "A message is a line here, and a line ends with a line feed (\\n). Does the sender write one, and does it "
        "flush?");
}

QString LinesProtocol::nextMessage() const
{
    return linesText("the next line");
}

void LinesProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions&) const
{
    const QByteArray& message = builder.message();
    qsizetype end = message.size();
    if (message.endsWith('\n')) {
        end -= message.endsWith("\r\n") ? 2 : 1;
    }
    const QByteArrayView text = QByteArrayView(message).first(end);
    builder.leaf(looksLikeText(text) ? FieldKind::Text : FieldKind::Binary, 0, end);
    builder.leaf(FieldKind::Punctuation, end, message.size());
}

MessageSummary LinesProtocol::summary(QByteArrayView first, qint64 size) const
{
    QByteArrayView line = first;
    while (size == first.size() && !line.isEmpty() && (line.back() == '\n' || line.back() == '\r')) {
        line.chop(1);
    }
    return { MessageKind::Text,
        line.isEmpty() ? QCoreApplication::translate("sockeye::SummaryTexts", "empty line")
                       : preview(line, size - first.size() + line.size()) };
}

/// Line ends in the content are more lines.
tl::expected<QByteArray, QString> LinesProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return content.endsWith('\n') ? content.toByteArray() : content.toByteArray() + '\n';
}

std::unique_ptr<MessageEditor> LinesProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    qsizetype end = 0;
    while (end < message.size() && (message.chopped(end).back() == '\n' || message.chopped(end).back() == '\r')) {
        ++end;
    }
    return std::make_unique<MessageEditor>(message, end);
}

} // namespace sockeye
