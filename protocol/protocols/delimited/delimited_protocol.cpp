// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/delimited/delimited_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/base/message_editor.h"
#include "protocol/protocols/delimited/delimited_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qint64 mostDelimiter = 64; // bytes; longer ones are no delimiters but messages

QString delimitedText(const char* text)
{
    return QCoreApplication::translate("sockeye::DelimitedProtocol", text);
}

} // namespace

QList<Parameter> delimitedParameters()
{
    return { { QStringLiteral("end"), Parameter::Kind::Hex, {}, QStringLiteral("0d0a"),
        QT_TRANSLATE_NOOP("sockeye::Protocol", "the bytes that end a message"), 1, mostDelimiter, {} } };
}

ProtocolPtr delimitedProtocol(const QString& id, const ParameterValues& values)
{
    return std::make_shared<const DelimitedProtocol>(id, values.bytes(QStringLiteral("end")));
}

DelimitedProtocol::DelimitedProtocol(const QString& id, const QByteArray& delimiter)
    : m_id(id)
    , m_delimiter(delimiter)
{
}

QString DelimitedProtocol::title() const
{
    return delimitedText("Messages that end with %1").arg(QString::fromLatin1(m_delimiter.toHex(' ')));
}

std::unique_ptr<Framing> DelimitedProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<DelimitedFraming>(m_delimiter, limits);
}

QString DelimitedProtocol::waitingFor(const Progress& progress) const
{
    return delimitedText("the end (%1): %2 without it")
        .arg(QString::fromLatin1(m_delimiter.toHex(' ')), byteCount(progress.have));
}

QString DelimitedProtocol::reached(const Progress& progress) const
{
    return delimitedText("%1 bytes into a message").arg(progress.have);
}

QString DelimitedProtocol::adviceOn(const Progress&) const
{
    return delimitedText("A message ends with the bytes %1 here. Does the sender write them, and does it flush?")
        .arg(QString::fromLatin1(m_delimiter.toHex(' ')));
}

void DelimitedProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qsizetype found = message.indexOf(m_delimiter);
    const qsizetype end = found < 0 ? message.size() : found;
    NamedFields fields(builder);
    fields.leaf(
        looksLikeText(QByteArrayView(message).first(end)) ? FieldKind::Text : FieldKind::Binary, nullptr, 0, end);
    if (found < 0) {
        if (!options.checked) {
            builder.setError({ ErrorCode::Truncated, message.size(), QStringLiteral("message"),
                u"a message that ends with " % QString::fromLatin1(m_delimiter.toHex(' ')),
                byteCount(message.size()) });
        }
        return;
    }
    fields.leaf(FieldKind::Literal, QT_TRANSLATE_NOOP("sockeye::Annotation", "end"), end, end + m_delimiter.size(),
        QString::fromLatin1(m_delimiter.toHex(' ')));
    fields.leaf(FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the message"),
        end + m_delimiter.size(), message.size());
}

MessageSummary DelimitedProtocol::summary(QByteArrayView first, qint64 size) const
{
    const qsizetype shown = first.size() == size && first.endsWith(m_delimiter) ? size - m_delimiter.size() : -1;
    if (shown == 0) {
        return { MessageKind::Text, delimitedText("empty message") };
    }
    return shown > 0 ? plainSummary(first.first(shown), shown) : plainSummary(first, size);
}

tl::expected<QByteArray, QString> DelimitedProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    return content.endsWith(m_delimiter) ? content.toByteArray() : content.toByteArray() + m_delimiter;
}

std::unique_ptr<MessageEditor> DelimitedProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    return std::make_unique<MessageEditor>(message, message.endsWith(m_delimiter) ? m_delimiter.size() : 0);
}

} // namespace sockeye
