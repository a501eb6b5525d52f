// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/content_reader.h"

#include "protocol/protocols/app/message.h"
#include "protocol/text/decoder.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"
#include "protocol/text/visible_text.h"

namespace sockeye {

namespace {

tl::unexpected<Error> notInEncoding(Encoding encoding, QByteArrayView content, qsizetype at, bool cut, qint64 offset)
{
    const QString found = cut || at >= content.size() ? QStringLiteral("the end in the middle of a character")
                                                      : describeByte(static_cast<uchar>(content[at]));
    const QString name = encodingName(encoding);
    return tl::unexpected(Error { ErrorCode::ContentNotInEncoding, offset + at, name, u"valid " % name, found });
}

tl::unexpected<Error> contentProblem(const json::Problem& problem, qint64 offset)
{
    const bool deep = problem.kind == json::Problem::Kind::TooDeep;
    return tl::unexpected(Error { deep ? ErrorCode::TooDeep : ErrorCode::ContentNotJson, offset,
        QStringLiteral("content"), problem.expected, problem.found });
}

tl::unexpected<Error> unknownEncoding(const Header& header, qint64 streamOffset)
{
    return tl::unexpected(Error { ErrorCode::UnknownEncoding, streamOffset, QStringLiteral("content-encoding"),
        QStringLiteral("the name of a text encoding"),
        u'"' % visibleText(header.contentEncoding, maxFoundChars) % u'"' });
}

} // namespace

Result<json::Type> readContent(const Header& header, QByteArrayView content, qint64 streamOffset, const Limits& limits,
    json::MemberVisitor* visitor)
{
    const auto encoding = encodingFromName(header.contentEncoding);
    if (!encoding) {
        return unknownEncoding(header, streamOffset);
    }
    if (*encoding == Encoding::Utf8) {
        // Read where it lies.
        const qsizetype mark = content.startsWith('\xef') ? resolveEncoding(*encoding, content).markSize : 0;
        const auto type = json::read(content.sliced(mark), limits.maxDepth, visitor);
        if (type) {
            return *type;
        }
        const qsizetype at = mark + type.error().offset;
        if (type.error().kind == json::Problem::Kind::NotUtf8) {
            return notInEncoding(*encoding, content, at, isCutUtf8(content, at), streamOffset);
        }
        return contentProblem(type.error(), streamOffset + at);
    }
    const DecodedText text = decodeText(*encoding, content);
    if (text.validBytes < content.size()) {
        return notInEncoding(*encoding, content, text.validBytes, text.cut, streamOffset);
    }
    const auto type = json::read(text.utf8, limits.maxDepth, visitor);
    if (type) {
        return *type;
    }
    OffsetCursor cursor(text.encoding, content);
    return contentProblem(type.error(), streamOffset + cursor.sourceOffset(type.error().offset));
}

Result<void> checkContent(const Header& header, QByteArrayView content, qint64 streamOffset, const Limits& limits)
{
    if (!header.isJson()) {
        return {};
    }
    if (content.isEmpty()) {
        if (!encodingFromName(header.contentEncoding)) {
            return unknownEncoding(header, streamOffset);
        }
        return {};
    }
    const auto type = readContent(header, content, streamOffset, limits, nullptr);
    return type ? Result<void>() : tl::unexpected(type.error());
}

Result<QByteArray> contentAsJson(
    const Header& header, QByteArrayView content, qint64 streamOffset, const Limits& limits)
{
    const auto right = checkContent(header, content, streamOffset, limits);
    if (!right) {
        return tl::unexpected(right.error());
    }
    const auto encoding = encodingFromName(header.contentEncoding);
    if (encoding && *encoding != Encoding::Utf8) {
        return decodeText(*encoding, content).utf8;
    }
    const qsizetype mark = encoding ? resolveEncoding(*encoding, content).markSize : 0;
    return content.sliced(mark).toByteArray();
}

} // namespace sockeye
