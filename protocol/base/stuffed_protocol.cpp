// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/base/stuffed_protocol.h"

#include "protocol/base/message_editor.h"
#include "protocol/framing/end_byte_framing.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString stuffedText(const char* text)
{
    return QCoreApplication::translate("sockeye::StuffedProtocol", text);
}

/// What a frame carries, stuffed anew; end bytes before it stay.
class StuffedEditor final : public MessageEditor {
public:
    StuffedEditor(const Protocol& protocol, QByteArrayView message, qint64 leading, QByteArray data)
        : MessageEditor(message)
        , m_protocol(protocol)
        , m_data(std::move(data))
        , m_leading(leading)
    {
    }
    [[nodiscard]] QByteArray content() const override { return m_data; }
    [[nodiscard]] Altered withContent(QByteArrayView content) const override
    {
        Altered frame = m_protocol.carry(Sender::Either, ContentKind::Text, content);
        return frame ? Altered(message().first(m_leading).toByteArray() + *frame) : frame;
    }

private:
    const Protocol& m_protocol;
    QByteArray m_data;
    qint64 m_leading;
};

} // namespace

/// Of the end bytes before the frame.
qsizetype StuffedProtocol::leading(QByteArrayView bytes) const
{
    const auto isContent = [this](char c) { return c != m_end; };
    return std::find_if(bytes.begin(), bytes.end(), isContent) - bytes.begin();
}

/// Of a content that may still have its end.
Unstuffed StuffedProtocol::unstuffedContent(QByteArrayView content) const
{
    return unstuffed(content.endsWith(m_end) ? content.chopped(1) : content);
}

std::unique_ptr<Framing> StuffedProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<EndByteFraming>(m_end, limits);
}

QString StuffedProtocol::reached(const Progress& progress) const
{
    return stuffedText("%1 into a frame").arg(byteCount(progress.have));
}

QString StuffedProtocol::nextMessage() const
{
    return stuffedText("the next frame");
}

std::optional<Frame> StuffedProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    return Frame { offset, size, std::min<qint64>(leading(first), size), nullptr };
}

void StuffedProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qsizetype begin = leading(message);
    const qsizetype found = message.indexOf(m_end, begin);
    const qsizetype end = found < 0 ? message.size() : found;
    NamedFields fields(builder);
    fields.leaf(FieldKind::Punctuation, QT_TRANSLATE_NOOP("sockeye::Annotation", "end of a frame"), 0, begin);
    builder.setContent(begin, end - begin);
    if (end > begin) {
        fields.open(FieldKind::Content, nullptr, begin);
        addFields(fields, QByteArrayView(message).sliced(begin, end - begin), begin);
        fields.close(end, found < 0);
    }
    if (found < 0) {
        if (!options.checked) {
            builder.setError({ ErrorCode::Truncated, message.size(), QStringLiteral("frame"), QStringLiteral("a frame"),
                byteCount(end - begin) });
        }
        return;
    }
    fields.leaf(FieldKind::Punctuation, QT_TRANSLATE_NOOP("sockeye::Annotation", "end of a frame"), end, end + 1);
    fields.leaf(
        FieldKind::Bad, QT_TRANSLATE_NOOP("sockeye::Annotation", "bytes after the frame"), end + 1, message.size());
    if (const auto wrong = unstuffed(QByteArrayView(message).sliced(begin, end - begin)).wrong) {
        builder.setError({ ErrorCode::BadValue, begin + wrong->offset, wrong->subject, wrong->expected, wrong->found });
    }
}

MessageSummary StuffedProtocol::summary(QByteArrayView first, qint64 size) const
{
    const QByteArrayView rest = first.sliced(leading(first));
    const qsizetype found = rest.indexOf(m_end);
    const QByteArray says = unstuffed(rest.first(found < 0 ? rest.size() : found)).data;
    return says.isEmpty() ? MessageSummary { MessageKind::Binary, stuffedText("empty frame") }
                          : plainSummary(says, found < 0 ? std::max<qint64>(size, says.size() + 1) : says.size());
}

MessageSummary StuffedProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    const qsizetype found = content.indexOf(m_end);
    return Protocol::saying(frame, unstuffed(content.first(found < 0 ? content.size() : found)).data, maxChars);
}

DecodedMessage StuffedProtocol::decodedParts(
    DecodedParts, const Frame& frame, QByteArrayView bytes, const Limits&) const
{
    DecodedMessage decoded;
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    decoded.body = unstuffedContent(content).data;
    return decoded;
}

std::unique_ptr<MessageEditor> StuffedProtocol::newEditor(
    const Frame& frame, QByteArrayView message, const Limits& limits) const
{
    Q_UNUSED(limits)
    const qint64 leading = std::min<qint64>(frame.contentOffset, message.size());
    return std::make_unique<StuffedEditor>(*this, message, leading, unstuffedContent(message.sliced(leading)).data);
}

Result<void> StuffedProtocol::check(const Frame& frame, QByteArrayView content, const Limits&) const
{
    const auto wrong = unstuffedContent(content).wrong;
    if (!wrong) {
        return {};
    }
    return tl::unexpected(Error { ErrorCode::BadValue, frame.offset + frame.contentOffset + wrong->offset,
        wrong->subject, wrong->expected, wrong->found });
}

} // namespace sockeye
