// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/fixed/fixed_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/base/message_editor.h"
#include "protocol/protocols/fixed/fixed_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString fixedText(const char* text)
{
    return QCoreApplication::translate("sockeye::FixedProtocol", text);
}

/// A content has the size of the message.
class FixedEditor final : public MessageEditor {
public:
    FixedEditor(const FixedProtocol& protocol, QByteArrayView message)
        : MessageEditor(message)
        , m_protocol(protocol)
    {
    }
    [[nodiscard]] Altered withContent(QByteArrayView content) const override
    {
        return m_protocol.carry(Sender::Either, ContentKind::Text, content);
    }

private:
    const FixedProtocol& m_protocol;
};

} // namespace

QList<Parameter> fixedParameters()
{
    return { { QStringLiteral("size"), Parameter::Kind::Number, {}, QStringLiteral("16"),
        QT_TRANSLATE_NOOP("sockeye::Protocol", "how many bytes a message has"), 1, Limits().maxContent, {} } };
}

ProtocolPtr fixedProtocol(const QString& id, const ParameterValues& values)
{
    return std::make_shared<const FixedProtocol>(id, values.number(QStringLiteral("size")));
}

FixedProtocol::FixedProtocol(const QString& id, qint64 messageSize)
    : m_id(id)
    , m_messageSize(messageSize)
{
}

QString FixedProtocol::title() const
{
    return fixedText("Messages of %1").arg(byteCount(m_messageSize));
}

std::unique_ptr<Framing> FixedProtocol::newFraming(const Limits&) const
{
    return std::make_unique<FixedFraming>(m_messageSize);
}

QString FixedProtocol::adviceOn(const Progress&) const
{
    return fixedText("A message has %1 here. Does the sender send all of it, and is that its size?")
        .arg(byteCount(m_messageSize));
}

void FixedProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qint64 end = std::min<qint64>(message.size(), m_messageSize);
    NamedFields fields(builder);
    const FieldKind kind = looksLikeText(QByteArrayView(message).first(end)) ? FieldKind::Text : FieldKind::Binary;
    if (end < m_messageSize && !options.checked) {
        fields.cutLeaf(kind, nullptr, 0, end, m_messageSize);
        builder.setError({ ErrorCode::Truncated, message.size(), QStringLiteral("message"),
            sizedThing(m_messageSize, QLatin1StringView("message")), byteCount(end) });
        return;
    }
    fields.leaf(kind, nullptr, 0, end);
    fields.leaf(
        FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the message"), end, message.size());
}

tl::expected<QByteArray, QString> FixedProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    if (content.size() != m_messageSize) {
        return tl::unexpected(fixedText("A message of this protocol has %1, this content %2.")
                                  .arg(byteCount(m_messageSize), byteCount(content.size())));
    }
    return content.toByteArray();
}

std::unique_ptr<MessageEditor> FixedProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(frame)
    Q_UNUSED(limits)
    return std::make_unique<FixedEditor>(*this, message);
}

} // namespace sockeye
