// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/cobs/cobs_protocol.h"

#include "protocol/annotation/named_fields.h"
#include "protocol/framing/end_byte_framing.h"
#include "protocol/protocols/cobs/cobs_code.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

QString cobsText(const char* text)
{
    return QCoreApplication::translate("sockeye::CobsProtocol", text);
}

/// End bytes before the frame.
qsizetype cobsLeading(QByteArrayView bytes)
{
    const auto isContent = [](char c) { return c != cobs::end; };
    return std::find_if(bytes.begin(), bytes.end(), isContent) - bytes.begin();
}

} // namespace

const ProtocolPtr& cobsProtocol()
{
    static const ProtocolPtr protocol = std::make_shared<const CobsProtocol>();
    return protocol;
}

QString CobsProtocol::id() const
{
    return QStringLiteral("cobs");
}

QString CobsProtocol::title() const
{
    return cobsText("COBS frames");
}

std::unique_ptr<Framing> CobsProtocol::newFraming(const Limits& limits) const
{
    return std::make_unique<EndByteFraming>(cobs::end, limits);
}

QString CobsProtocol::waitingFor(const Progress& progress) const
{
    return cobsText("the end of a frame (0x00): %1 so far").arg(byteCount(progress.have));
}

QString CobsProtocol::reached(const Progress& progress) const
{
    return cobsText("%1 bytes into a frame").arg(progress.have);
}

QString CobsProtocol::adviceOn(const Progress&) const
{
    return cobsText("A zero byte ends a frame here. Does the sender write it, and does it flush?");
}

QString CobsProtocol::nextMessage() const
{
    return cobsText("the next frame");
}

std::optional<Frame> CobsProtocol::frameOf(qint64 offset, qint64 size, QByteArrayView first) const
{
    return Frame { offset, size, std::min<qint64>(cobsLeading(first), size), nullptr };
}

void CobsProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qsizetype begin = cobsLeading(message);
    const qsizetype found = message.indexOf(cobs::end, begin);
    const qsizetype end = found < 0 ? message.size() : found;
    NamedFields fields(builder);
    fields.leaf(FieldKind::Punctuation, QT_TRANSLATE_NOOP("sockeye::Annotation", "end of a frame"), 0, begin);
    builder.setContent(begin, end - begin);
    if (end > begin) {
        fields.open(FieldKind::Content, nullptr, begin);
        cobsFields(fields, QByteArrayView(message).sliced(begin, end - begin), begin);
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
    if (const auto wrong = cobs::decode(QByteArrayView(message).sliced(begin, end - begin)).wrong) {
        builder.setError({ ErrorCode::BadValue, begin + wrong->offset, wrong->subject, wrong->expected, wrong->found });
    }
}

MessageSummary CobsProtocol::summary(QByteArrayView first, qint64 size) const
{
    const QByteArrayView rest = first.sliced(cobsLeading(first));
    const qsizetype found = rest.indexOf(cobs::end);
    const QByteArray says = cobs::decode(rest.first(found < 0 ? rest.size() : found)).data;
    return says.isEmpty() ? MessageSummary { MessageKind::Binary, cobsText("empty frame") }
                          : plainSummary(says, found < 0 ? std::max<qint64>(size, says.size() + 1) : says.size());
}

MessageSummary CobsProtocol::saying(const Frame& frame, QByteArrayView bytes, qsizetype maxChars) const
{
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    const qsizetype found = content.indexOf(cobs::end);
    return Protocol::saying(frame, cobs::decode(content.first(found < 0 ? content.size() : found)).data, maxChars);
}

DecodedMessage CobsProtocol::decoded(const Frame& frame, QByteArrayView bytes, const Limits&) const
{
    DecodedMessage decoded;
    const QByteArrayView content = bytes.sliced(std::min<qint64>(frame.contentOffset, bytes.size()));
    decoded.body = cobs::decode(content.endsWith(cobs::end) ? content.chopped(1) : content).data;
    return decoded;
}

Result<void> CobsProtocol::check(const Frame& frame, QByteArrayView content, const Limits&) const
{
    const auto wrong = cobs::decode(content.endsWith(cobs::end) ? content.chopped(1) : content).wrong;
    if (!wrong) {
        return {};
    }
    return tl::unexpected(Error { ErrorCode::BadValue, frame.offset + frame.contentOffset + wrong->offset,
        wrong->subject, wrong->expected, wrong->found });
}

} // namespace sockeye
