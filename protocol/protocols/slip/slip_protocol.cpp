// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/slip/slip_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/framing/end_byte_framing.h"
#include "protocol/protocols/slip/slip_code.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString slipText(const char* text)
{
    return QCoreApplication::translate("sockeye::SlipProtocol", text);
}

/// End bytes before the frame.
qsizetype slipLeading(QByteArrayView bytes)
{
    const auto isContent = [](char c) { return c != slip::end; };
    return std::find_if(bytes.begin(), bytes.end(), isContent) - bytes.begin();
}

} // namespace

const ProtocolPtr& slipProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const SlipProtocol>();
    return protocol;
}

QString SlipProtocol::id() const
{
    return QStringLiteral("slip");
}

QString SlipProtocol::title() const
{
    return slipText("SLIP frames (RFC 1055)");
}

std::unique_ptr<Framing> SlipProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<EndByteFraming>(slip::end, limits);
}

QString SlipProtocol::waitingFor(const Progress& progress) const
{
    return slipText("the end of a frame (0xc0): %1 so far").arg(byteCount(progress.have));
}

QString SlipProtocol::reached(const Progress& progress) const
{
    return slipText("%1 bytes into a frame").arg(progress.have);
}

QString SlipProtocol::adviceOn(const Progress&) const
{
    return slipText("END (0xc0) ends a frame here. Does the sender write it, and does it flush?");
}

QString SlipProtocol::nextMessage() const
{
    return slipText("the next frame");
}

std::optional<Frame> SlipProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    return Frame { offset, size, std::min<qint64>(slipLeading(first), size), nullptr };
}

void SlipProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qsizetype begin = slipLeading(message);
    const qsizetype found = message.indexOf(slip::end, begin);
    const qsizetype end = found < 0 ? message.size() : found;
    NamedFields fields(builder);
    fields.leaf(FieldKind::Punctuation, QT_TRANSLATE_NOOP("sockeye::Annotation", "end of a frame"), 0, begin);
    builder.setContent(begin, end - begin);
    if (end > begin) {
        fields.open(FieldKind::Content, nullptr, begin);
        slipFields(fields, QByteArrayView(message).sliced(begin, end - begin), begin);
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
    if (const auto wrong = slip::decode(QByteArrayView(message).sliced(begin, end - begin)).wrong) {
        builder.setError({ ErrorCode::BadValue, begin + wrong->offset, wrong->subject, wrong->expected, wrong->found });
    }
}

MessageSummary SlipProtocol::summary(QByteArrayView first, qint64 size) const
{
    const QByteArrayView rest = first.sliced(slipLeading(first));
    const qsizetype found = rest.indexOf(slip::end);
    const QByteArray says = slip::decode(rest.first(found < 0 ? rest.size() : found)).data;
    return says.isEmpty() ? MessageSummary { MessageKind::Binary, slipText("empty frame") }
                          : plainSummary(says, found < 0 ? std::max<qint64>(size, says.size() + 1) : says.size());
}

MessageSummary SlipProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    const qsizetype found = content.indexOf(slip::end);
    return Protocol::saying(frame, slip::decode(content.first(found < 0 ? content.size() : found)).data, maxChars);
}

DecodedMessage SlipProtocol::decoded(const Frame& frame, QByteArrayView bytes, const Limits&) const
{
    DecodedMessage decoded;
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    decoded.body = slip::decode(content.endsWith(slip::end) ? content.chopped(1) : content).data;
    return decoded;
}

Result<void> SlipProtocol::check(const Frame& frame, QByteArrayView content, const Limits&) const
{
    const auto wrong = slip::decode(content.endsWith(slip::end) ? content.chopped(1) : content).wrong;
    if (!wrong) {
        return {};
    }
    return tl::unexpected(Error { ErrorCode::BadValue, frame.offset + frame.contentOffset + wrong->offset,
        wrong->subject, wrong->expected, wrong->found });
}

} // namespace sockeye
