// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/json_text_fields.h"

#include "protocol/annotation/json_annotator.h"
#include "protocol/json/json_reader.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utf8.h"

namespace sockeye {

namespace {

Error jsonTextError(const json::Problem& problem, qint64 offset, const QString& subject)
{
    const ErrorCode code = problem.kind == json::Problem::Kind::TooDeep ? ErrorCode::TooDeep : ErrorCode::NotJson;
    return { code, offset, subject, problem.expected, problem.found };
}

Error notUtf8(QByteArrayView text, qsizetype valid, qint64 offset, const QString& subject)
{
    return { ErrorCode::NotJson, offset, subject, QStringLiteral("UTF-8"),
        describeByte(static_cast<uchar>(text[valid])) };
}

} // namespace

void annotateJsonText(AnnotationBuilder& builder, qint64 begin, qint64 end, bool cut, const QString& subject,
    const AnnotateOptions& options)
{
    const QByteArray message = builder.message(); // a second owner of the bytes, no copy
    const QByteArrayView text = QByteArrayView(message).sliced(begin, end - begin);
    const qsizetype valid = validUtf8Prefix(text);
    JsonAnnotator annotator(builder, text.first(valid), OffsetCursor({}, text), begin, options);
    const json::Problem problem = annotator.run();
    const bool cutCharacter = cut && isCutUtf8(text, valid);
    builder.leaf(FieldKind::Bad, begin + valid, end, cutCharacter);
    const bool isRight = problem.kind == json::Problem::Kind::None;
    if (valid < text.size() && !cutCharacter && (isRight || annotator.endedTooSoon())) {
        builder.setError(notUtf8(text, valid, begin + valid, subject));
    } else if (!isRight && !(cut && annotator.endedTooSoon())) {
        builder.setError(jsonTextError(problem, problem.offset, subject));
    }
    if (isRight && valid == text.size()) {
        builder.setJson(text.toByteArray());
    }
}

Result<void> checkJsonText(QByteArrayView text, qint64 offset, const QString& subject, const Limits& limits)
{
    const auto read = json::read(text, limits.maxDepth);
    if (!read) {
        return tl::unexpected(jsonTextError(read.error(), offset + read.error().offset, subject));
    }
    return {};
}

} // namespace sockeye
