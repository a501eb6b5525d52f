// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/length/length_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/protocols/length/length_editor.h"
#include "protocol/protocols/length/length_framing.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

#include <limits>

namespace sockeye {

namespace {

constexpr qint64 mostOffset = 65'535;
constexpr qint64 mostAdjust = std::numeric_limits<qint32>::max();

QString lengthText(const char* text)
{
    return QCoreApplication::translate("sockeye::LengthProtocol", text);
}

QString shown(const LengthLayout::Read& length)
{
    const QString digits = length.value <= static_cast<quint64>(std::numeric_limits<qint64>::max())
        ? groupedDigits(static_cast<qint64>(length.value))
        : QString::number(length.value);
    return u"%1 (0x%2)"_qs.arg(
        digits, QString::number(length.value, 16).rightJustified(qsizetype { 2 } * length.bytes, u'0'));
}

} // namespace

QList<Parameter> lengthParameters()
{
    return {
        { QStringLiteral("size"), Parameter::Kind::Choice, QStringLiteral("2"), QStringLiteral("2"),
            QT_TRANSLATE_NOOP("sockeye::Protocol", "how many bytes the length has"), 0, 0,
            { QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4"), QStringLiteral("8"),
                QStringLiteral("varint") } },
        { QStringLiteral("order"), Parameter::Kind::Choice, QStringLiteral("big"), QStringLiteral("big"),
            QT_TRANSLATE_NOOP("sockeye::Protocol", "the order of these bytes"), 0, 0,
            { QStringLiteral("big"), QStringLiteral("little") } },
        { QStringLiteral("offset"), Parameter::Kind::Number, QStringLiteral("0"), QStringLiteral("4"),
            QT_TRANSLATE_NOOP("sockeye::Protocol", "how many bytes stand before the length"), 0, mostOffset, {} },
        { QStringLiteral("adjust"), Parameter::Kind::Number, QStringLiteral("0"), QStringLiteral("-2"),
            QT_TRANSLATE_NOOP("sockeye::Protocol", "what to add to the length for the bytes that follow it"),
            -mostAdjust, mostAdjust, {} },
    };
}

ProtocolPtr lengthProtocol(const QString& id, const ParameterValues& values)
{
    LengthLayout layout;
    layout.size = static_cast<int>(values.number(QStringLiteral("size"))); // 0 for "varint"
    layout.order =
        values.text(QStringLiteral("order")) == u"little" ? LengthLayout::Order::Little : LengthLayout::Order::Big;
    layout.offset = values.number(QStringLiteral("offset"));
    layout.adjust = values.number(QStringLiteral("adjust"));
    return std::make_shared<const LengthProtocol>(id, layout);
}

LengthProtocol::LengthProtocol(const QString& id, const LengthLayout& layout)
    : m_id(id)
    , m_layout(layout)
{
}

QString LengthProtocol::title() const
{
    if (m_layout.size == LengthLayout::varint) {
        return lengthText("Messages after a length of variable size");
    }
    return m_layout.order == LengthLayout::Order::Big
        ? lengthText("Messages after a length of %1, big-endian").arg(byteCount(m_layout.size))
        : lengthText("Messages after a length of %1, little-endian").arg(byteCount(m_layout.size));
}

std::unique_ptr<Framing> LengthProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<LengthFraming>(m_layout, limits);
}

bool LengthProtocol::mayBegin(QByteArrayView bytes) const
{
    const auto length = m_layout.offset <= bytes.size() ? m_layout.read(bytes.sliced(m_layout.offset)) : std::nullopt;
    return !length || m_layout.following(length->value, Limits().maxContent);
}

QString LengthProtocol::waitingFor(const Progress& progress) const
{
    if (progress.part == LengthPart::Body) {
        return lengthText("body: %1 of %2 bytes").arg(groupedDigits(progress.have), groupedDigits(progress.need));
    }
    return progress.need > 0
        ? lengthText("length: %1 of %2 bytes").arg(groupedDigits(progress.have), groupedDigits(progress.need))
        : lengthText("length: %1 so far").arg(byteCount(progress.have));
}

QString LengthProtocol::reached(const Progress& progress) const
{
    return progress.part == LengthPart::Body
        ? lengthText("%1 bytes into a %2-byte body").arg(QString::number(progress.have), QString::number(progress.need))
        : lengthText("%1 bytes into what says the length").arg(progress.have);
}

QString LengthProtocol::adviceOn(const Progress& progress) const
{
    return progress.part == LengthPart::Body
        ? lengthText("The length says that %1 follow. Does it count what the sender means, in the right byte order? A "
                     "length that counts itself needs \"adjust\".")
              .arg(byteCount(progress.need))
        : lengthText("Not all of the length has come. Does the sender send it in one piece, and does it flush?");
}

std::optional<Frame> LengthProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    if (m_layout.offset > first.size()) {
        return std::nullopt;
    }
    const auto length = m_layout.read(first.sliced(m_layout.offset));
    if (!length || m_layout.offset + length->bytes > size) {
        return std::nullopt;
    }
    return Frame { offset, size, m_layout.offset + length->bytes, nullptr };
}

void LengthProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const QByteArrayView bytes(message);
    NamedFields fields(builder);
    const qint64 begin = std::min<qint64>(m_layout.offset, bytes.size());
    fields.leaf(looksLikeText(bytes.first(begin)) ? FieldKind::Text : FieldKind::Binary,
        QT_TRANSLATE_NOOP("sockeye::Annotation", "before the length"), 0, begin);
    const auto length = m_layout.read(bytes.sliced(begin));
    if (!length) {
        fields.cutLeaf(FieldKind::Length, nullptr, begin, bytes.size(), m_layout.size == 0 ? -1 : m_layout.size);
        builder.setError({ ErrorCode::Truncated, bytes.size(), QStringLiteral("length"),
            QStringLiteral("what says the length of a message"), byteCount(bytes.size()) });
        return;
    }
    const qint64 head = begin + length->bytes;
    fields.leaf(FieldKind::Length, nullptr, begin, head, shown(*length));
    const auto following = m_layout.following(length->value, options.limits.maxContent);
    if (!following && !options.checked) {
        builder.setError(LengthFraming::badLength(m_layout, length->value, options.limits.maxContent, begin));
        builder.leaf(FieldKind::Bad, head, bytes.size());
        return;
    }
    const qint64 body = following.value_or(bytes.size() - head);
    const qint64 end = std::min<qint64>(bytes.size(), head + body);
    builder.setContent(head, body);
    const FieldKind kind = looksLikeText(bytes.sliced(head, end - head)) ? FieldKind::Text : FieldKind::Binary;
    constexpr const char* label = QT_TRANSLATE_NOOP("sockeye::Annotation", "body");
    if (end < head + body) {
        fields.cutLeaf(kind, label, head, end, body);
        builder.setError({ ErrorCode::Truncated, bytes.size(), QStringLiteral("body"),
            sizedThing(body, QLatin1StringView("body")), byteCount(end - head) });
        return;
    }
    fields.leaf(kind, label, head, end);
    builder.leaf(FieldKind::Bad, end, bytes.size());
}

MessageSummary LengthProtocol::summary(QByteArrayView first, qint64 size) const
{
    const std::optional<Frame> frame = frameOf(0, size, first);
    if (!frame) {
        return plainSummary(first, size);
    }
    if (frame->contentOffset == size) {
        return { MessageKind::Binary, lengthText("empty message") };
    }
    return plainSummary(first.sliced(frame->contentOffset), size - frame->contentOffset);
}

/// What stands before the length is zeros.
tl::expected<QByteArray, QString> LengthProtocol::carry(Sender, ContentKind, QByteArrayView content) const
{
    const auto length = m_layout.written(content.size());
    if (!length) {
        return tl::unexpected(
            lengthText("A length of this form cannot say that %1 follow.").arg(byteCount(content.size())));
    }
    return QByteArray(static_cast<qsizetype>(m_layout.offset), '\0') + *length + content.toByteArray();
}

std::unique_ptr<MessageEditor> LengthProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(limits)
    return std::make_unique<LengthEditor>(m_layout, message, frame.contentOffset);
}

Alterations LengthProtocol::alterations() const
{
    return Protocol::alterations() | Alteration::Kind::WrongLength
        | (m_layout.size > 1 ? Alterations(Alteration::Kind::SwapByteOrder) : Alterations());
}

} // namespace sockeye
