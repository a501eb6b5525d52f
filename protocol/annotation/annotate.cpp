// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/annotation/annotators.h"
#include "protocol/text/utf8.h"

#include <algorithm>

namespace sockeye {

bool looksLikeText(QByteArrayView bytes)
{
    constexpr qsizetype lookedAt = 4096;
    const QByteArrayView front = bytes.first(qMin(bytes.size(), lookedAt));
    const qsizetype valid = validUtf8Prefix(front);
    if (valid < front.size() && !(front.size() < bytes.size() && isCutUtf8(front, valid))) {
        return false;
    }
    return std::none_of(front.begin(), front.end(),
        [](char c) { return (static_cast<uchar>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f; });
}

void annotateRaw(AnnotationBuilder& builder)
{
    const QByteArray& message = builder.message();
    builder.leaf(looksLikeText(message) ? FieldKind::Text : FieldKind::Binary, 0, message.size());
}

void annotateLine(AnnotationBuilder& builder)
{
    const QByteArray& message = builder.message();
    qsizetype end = message.size();
    if (message.endsWith('\n')) {
        end -= message.endsWith("\r\n") ? 2 : 1;
    }
    const QByteArrayView text = QByteArrayView(message).first(end);
    builder.leaf(looksLikeText(text) ? FieldKind::Text : FieldKind::Binary, 0, end);
    builder.leaf(FieldKind::Punctuation, end, message.size());
}

Annotation annotate(FramingKind framing, const QByteArray& message, const AnnotateOptions& options)
{
    AnnotationBuilder builder(message, options.maxFields);
    if (message.isEmpty()) {
        return builder.take();
    }
    builder.open(FieldKind::Message, 0);
    switch (framing) {
    case FramingKind::App:
        annotateApp(builder, options);
        break;
    case FramingKind::Raw:
    case FramingKind::Datagram:
        annotateRaw(builder);
        break;
    case FramingKind::Lines:
        annotateLine(builder);
        break;
    }
    return builder.take();
}

} // namespace sockeye
