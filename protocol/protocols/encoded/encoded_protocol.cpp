// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/encoded/encoded_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/base/message_editor.h"
#include "protocol/content/text_codec.h"
#include "protocol/content/text_stream.h"
#include "protocol/json/json_writer.h"
#include "protocol/protocols/encoded/encoded_framing.h"
#include "protocol/protocols/encoded/unit_lines_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/visible_text.h"

#include <QCoreApplication>

#include <QHash>

#include <algorithm>
#include <mutex>

namespace sockeye {

namespace {

constexpr qsizetype maxShownText = 200; ///< of a field, in characters

QString encodedText(const char* text)
{
    return QCoreApplication::translate("sockeye::EncodedProtocol", text);
}

/// Without what ends a line.
QString withoutEnd(QString text)
{
    while (text.endsWith(u'\n') || text.endsWith(u'\r')) {
        text.chop(1);
    }
    return text;
}

const QByteArray& begunBefore(const Frame& frame)
{
    static const QByteArray nothing;
    const auto* const begun = dynamic_cast<const BegunCharacter*>(frame.detail.get());
    return begun != nullptr ? begun->bytes : nothing;
}

/// Of a text that is all of its message but for what ends a line.
class EncodedEditor final : public MessageEditor {
public:
    EncodedEditor(QByteArrayView message, const QByteArray& encoding)
        : MessageEditor(message)
        , m_encoding(encoding)
        , m_text(decodedText(encoding, message).value_or(QByteArray()))
    {
        while (m_text.endsWith('\n') || m_text.endsWith('\r')) {
            m_end.prepend(m_text.back());
            m_text.chop(1);
        }
    }
    [[nodiscard]] QByteArray content() const override { return m_text; }
    [[nodiscard]] Altered withContent(QByteArrayView content) const override
    {
        const auto bytes = sockeye::encodedText(m_encoding, QByteArray(content.toByteArray() + m_end));
        return bytes ? Altered(*bytes)
                     : tl::unexpected(encodedText("The new text has characters that have no place in %1.")
                                          .arg(QString::fromLatin1(m_encoding)));
    }

private:
    QByteArray m_encoding;
    QByteArray m_text; ///< UTF-8
    QByteArray m_end;
};

} // namespace

EncodedProtocol::EncodedProtocol(const ProtocolPtr& plain, const QByteArray& encoding)
    : m_plain(plain)
    , m_encoding(encoding)
{
}

QString EncodedProtocol::id() const
{
    const QString plain = m_plain->id();
    return QString(
        plain % (plain.contains(u':') ? u"," : u":") % QStringLiteral("encoding=") % QString::fromLatin1(m_encoding));
}

QString EncodedProtocol::title() const
{
    return encodedText("%1, in %2").arg(m_plain->title(), QString::fromLatin1(m_encoding));
}

std::unique_ptr<Framing> EncodedProtocol::newFraming(const Limits& limits) const
{
    const int unit = encodingUnit(m_encoding);
    if (m_plain->talk() == Talk::Lines && unit > 1) {
        return std::make_unique<UnitLinesFraming>(unit, !m_encoding.toUpper().endsWith("LE"), limits);
    }
    std::unique_ptr<Framing> framing = m_plain->newFraming(limits);
    // Only what ends where a read did can end within a character.
    return m_plain->replyEnd() == ReplyEnd::Amount ? std::make_unique<EncodedFraming>(std::move(framing), m_encoding)
                                                   : std::move(framing);
}

QString EncodedProtocol::waitingFor(const Progress& progress) const
{
    return m_plain->waitingFor(progress);
}

QString EncodedProtocol::reached(const Progress& progress) const
{
    return m_plain->reached(progress);
}

QString EncodedProtocol::adviceOn(const Progress& progress) const
{
    return m_plain->adviceOn(progress);
}

std::optional<Frame> EncodedProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    return m_plain->frameOf(offset, size, first);
}

void EncodedProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const std::optional<Frame> frame = frameOf(0, message.size(), message);
    if (!frame || frame->contentOffset > 0 || m_plain->hasStructure()) {
        m_plain->annotate(builder, options);
        return;
    }
    const QString shown =
        withoutEnd(text({}, QByteArrayView(message).first(std::min<qsizetype>(message.size(), 4096))));
    NamedFields fields(builder);
    fields.leaf(FieldKind::Literal, QT_TRANSLATE_NOOP("sockeye::Annotation", "text"), 0, message.size(),
        oneLine(shown.left(maxShownText)));
}

QString EncodedProtocol::text(QByteArrayView begun, QByteArrayView bytes) const
{
    TextDecoder decoder(m_encoding);
    static_cast<void>(decoder.decode(begun));
    return decoder.decode(bytes); // what is unfinished belongs to the next message, or is cut off here
}

MessageSummary EncodedProtocol::summary(QByteArrayView first, qint64 size) const
{
    return summaryAfter({}, first, size);
}

MessageSummary EncodedProtocol::summaryAfter(QByteArrayView before, QByteArrayView first, qint64 size) const
{
    const QByteArrayView begun = m_plain->replyEnd() == ReplyEnd::Amount ? before : QByteArrayView();
    const QString whole = text(begun, first);
    const bool isCut = size > first.size();
    const QString line = isCut ? QString(whole + u'…') : withoutEnd(whole);
    return { MessageKind::Text,
        line.isEmpty() ? QCoreApplication::translate("sockeye::SummaryTexts", "empty line") : oneLine(line) };
}

std::unique_ptr<MessageEditor> EncodedProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    if (frame.contentOffset > 0 || m_plain->hasStructure()) {
        return m_plain->newEditor(frame, message, limits);
    }
    return std::make_unique<EncodedEditor>(message, m_encoding);
}

/// No text of it is UTF-8.
Alterations EncodedProtocol::alterations() const
{
    return m_plain->alterations().setFlag(Alteration::Kind::BrokenUtf8, false);
}

MessageSummary EncodedProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView content = bytes.sliced(std::min<qsizetype>(frame.contentOffset, bytes.size()));
    const QByteArrayView looked = content.first(std::min<qsizetype>(content.size(), 4 * maxChars));
    return { MessageKind::Text, withoutEnd(text(begunBefore(frame), looked)).left(maxChars) };
}

DecodedMessage EncodedProtocol::decodedParts(
    DecodedParts wanted, const Frame& frame, QByteArrayView bytes, const Limits&) const
{
    DecodedMessage decoded;
    if (wanted.testFlag(DecodedPart::Content)) {
        const QString whole =
            text(begunBefore(frame), bytes.sliced(std::min<qsizetype>(frame.contentOffset, bytes.size())));
        json::appendString(decoded.content, QStringView(whole));
    }
    return decoded;
}

ReplyValue EncodedProtocol::replyValue(const Frame& frame, const QByteArray& reply, const Limits&) const
{
    ReplyValue value { {}, text({}, QByteArrayView(reply).sliced(frame.contentOffset)) };
    json::appendString(value.json, QStringView(value.text));
    return value;
}

QString EncodedProtocol::replyText(const Frame& frame, QByteArrayView reply, qsizetype maxChars) const
{
    const QByteArrayView content = reply.sliced(std::min<qsizetype>(frame.contentOffset, reply.size()));
    return withoutEnd(text({}, content.first(std::min<qsizetype>(content.size(), 4 * maxChars)))).left(maxChars);
}

tl::expected<QByteArray, QString> EncodedProtocol::carry(Sender sender, ContentKind kind, QByteArrayView content) const
{
    auto plain = m_plain->carry(sender, kind, content);
    if (!plain) {
        return plain;
    }
    std::optional<QByteArray> encoded = encodedText(m_encoding, *plain);
    if (!encoded) {
        return tl::unexpected(QCoreApplication::translate(
            "sockeye::EncodedProtocol", "The encoding %1 does not have all characters of “%2”.")
                                  .arg(QString::fromLatin1(m_encoding), visibleText(content, maxFoundChars)));
    }
    return *std::move(encoded);
}

ReceiveCode EncodedProtocol::receiveCode(CodeLanguage language) const
{
    return m_plain->receiveCode(language);
}

QByteArray textEncoding(const Protocol& protocol)
{
    const auto* const encoded = dynamic_cast<const EncodedProtocol*>(&protocol);
    return encoded != nullptr ? encoded->encoding() : QByteArray();
}

ProtocolPtr protocolInEncoding(const ProtocolPtr& chosen, const QByteArray& encoding)
{
    struct Known {
        std::mutex mutex;
        QHash<QString, std::weak_ptr<const Protocol>> protocols; ///< that somebody holds
    };
    static Known known;
    const auto* const encoded = dynamic_cast<const EncodedProtocol*>(chosen.get());
    ProtocolPtr plain = encoded != nullptr ? encoded->plain() : chosen;
    const QByteArray name = canonicalEncoding(encoding);
    if (name.isEmpty() || name == "UTF-8") {
        return plain;
    }
    if (plain->requestShape() != RequestShape::Text || plain->hasStructure() || !isKnownEncoding(name)) {
        return chosen;
    }
    const std::scoped_lock lock(known.mutex);
    ProtocolPtr made = std::make_shared<const EncodedProtocol>(plain, name);
    if (ProtocolPtr before = known.protocols.value(made->id()).lock()) {
        return before;
    }
    known.protocols.removeIf([](const auto& each) { return each.value().expired(); });
    known.protocols.insert(made->id(), made);
    return made;
}

} // namespace sockeye
