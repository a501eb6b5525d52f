// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"

#include "protocol/annotation/json_annotator.h"
#include "protocol/protocols/app/app_field_texts.h"
#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/header_decoder.h"
#include "protocol/protocols/app/message_types.h"
#include "protocol/protocols/app/truncated.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/plain_text.h"
#include "protocol/text/utf8.h"

#include <QtEndian>

namespace sockeye {

namespace {

/// The JSON header's text, which begins after the fixed header. What is wrong with it says decodeHeader().
void annotateHeaderText(AnnotationBuilder& builder, QByteArrayView json, bool cut, const AnnotateOptions& options)
{
    const qint64 end = fixedHeaderSize + json.size();
    const qsizetype valid = validUtf8Prefix(json);
    builder.open(FieldKind::Header, fixedHeaderSize, cut);
    JsonAnnotator text(builder, json.first(valid), OffsetCursor({}, json), fixedHeaderSize, options);
    (void)text.run();
    builder.leaf(FieldKind::Bad, fixedHeaderSize + valid, end, cut && isCutUtf8(json, valid));
    builder.close(end);
}

Error jsonError(const json::Problem& problem)
{
    const ErrorCode code =
        problem.kind == json::Problem::Kind::TooDeep ? ErrorCode::TooDeep : ErrorCode::ContentNotJson;
    return { code, problem.offset, QStringLiteral("content"), problem.expected, problem.found };
}

/// A text/json content, which begins at `begin`; `cut` if more of it should follow.
void annotateJsonContent(AnnotationBuilder& builder, QByteArrayView content, Encoding encoding, qint64 begin, bool cut,
    const AnnotateOptions& options)
{
    DecodedText text = decodeText(encoding, content);
    const bool whole = text.validBytes == content.size();
    builder.setContentEncoding(text.encoding.encoding);
    builder.leaf(FieldKind::ByteOrderMark, begin, begin + text.encoding.markSize);
    JsonAnnotator json(builder, text.utf8, OffsetCursor(text.encoding, content), begin, options);
    const json::Problem problem = json.run();
    builder.leaf(FieldKind::Bad, begin + text.validBytes, begin + content.size(), cut && text.cut);
    if (!whole && !(cut && text.cut)) {
        const QString name = encodingName(encoding);
        builder.setError({ ErrorCode::ContentNotInEncoding, begin + text.validBytes, name, u"valid " % name,
            text.cut ? QStringLiteral("the end in the middle of a character")
                     : describeByte(static_cast<uchar>(content[text.validBytes])) });
    }
    if (problem.kind != json::Problem::Kind::None) {
        builder.setError(jsonError(problem));
    }
    if (problem.kind == json::Problem::Kind::None && whole && !cut) {
        builder.setJson(text.utf8);
    }
}

/// Content that is not JSON, in the forms of wire protocol §1, "Requests and replies".
void annotateBinaryContent(AnnotationBuilder& builder, QByteArrayView content, qint64 begin)
{
    const qint64 end = begin + content.size();
    if (parseArithmetic(content)) {
        builder.leaf(FieldKind::Text, begin, begin + Arithmetic::wordSize);
        builder.leaf(FieldKind::Integer, begin + Arithmetic::wordSize, end);
    } else if (content.startsWith(firstBytesText)) {
        builder.leaf(FieldKind::Text, begin, begin + firstBytesText.size());
        builder.leaf(FieldKind::Binary, begin + firstBytesText.size(), end);
    } else {
        builder.leaf(looksLikeText(content) ? FieldKind::Text : FieldKind::Binary, begin, end);
    }
}

void annotateContent(AnnotationBuilder& builder, const Header& header, QByteArrayView content, qint64 begin,
    const AnnotateOptions& options)
{
    const bool cut = content.size() < header.contentLength;
    const auto encoding = header.isJson() ? encodingFromName(header.contentEncoding) : std::nullopt;
    builder.open(FieldKind::Content, begin, cut);
    if (encoding) {
        annotateJsonContent(builder, content, *encoding, begin, cut, options);
    } else {
        annotateBinaryContent(builder, content, begin);
    }
    builder.close(begin + content.size());
}

} // namespace

void AppProtocol::annotate(AnnotationBuilder& builder, const AnnotateOptions& options) const
{
    static const auto texts = std::make_shared<const AppFieldTexts>();
    builder.setTexts(texts);
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const qint64 size = message.size();
    if (size < fixedHeaderSize) {
        builder.leaf(FieldKind::Length, 0, size, true);
        builder.setError(truncated(AppPart::FixedHeader, size, fixedHeaderSize, size));
        return;
    }
    const qint64 jsonSize = qFromBigEndian<quint16>(message.constData());
    if (jsonSize == 0) {
        builder.leaf(FieldKind::Bad, 0, fixedHeaderSize);
        builder.leaf(FieldKind::Bad, fixedHeaderSize, size);
        builder.setError(emptyHeader(0));
        return;
    }
    builder.leaf(FieldKind::Length, 0, fixedHeaderSize);
    const qint64 jsonEnd = qMin(size, fixedHeaderSize + jsonSize);
    const QByteArrayView json = QByteArrayView(message).sliced(fixedHeaderSize, jsonEnd - fixedHeaderSize);
    const bool headerCut = json.size() < jsonSize;
    if (!json.isEmpty()) {
        annotateHeaderText(builder, json, headerCut, options);
    }
    if (headerCut) {
        builder.setError(truncated(AppPart::JsonHeader, json.size(), jsonSize, size));
        return;
    }
    const auto header = decodeHeader(json, fixedHeaderSize, options.limits);
    if (!header) {
        builder.leaf(FieldKind::Bad, jsonEnd, size);
        builder.setError(header.error());
        return;
    }
    builder.setContent(jsonEnd, header->contentLength);
    builder.setContentType(header->contentType);
    const qint64 wholeEnd = jsonEnd + header->contentLength;
    const qint64 contentEnd = qMin(size, wholeEnd);
    if (contentEnd < wholeEnd) {
        builder.setError(truncated(AppPart::Content, contentEnd - jsonEnd, header->contentLength, size));
    }
    if (contentEnd > jsonEnd) {
        annotateContent(
            builder, *header, QByteArrayView(message).sliced(jsonEnd, contentEnd - jsonEnd), jsonEnd, options);
    }
    builder.leaf(FieldKind::Bad, contentEnd, size);
}

} // namespace sockeye
