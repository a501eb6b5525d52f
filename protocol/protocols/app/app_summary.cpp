// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_protocol.h"
#include "protocol/protocols/app/message.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

constexpr qsizetype maxAppLineChars = 200;

} // namespace

qint64 AppProtocol::summaryBytes(QByteArrayView first) const
{
    const qint64 few = Protocol::summaryBytes(first);
    return announcedContentOffset(first) > first.size() ? announcedContentOffset(first) + few : few;
}

MessageSummary AppProtocol::summary(QByteArrayView first, qint64 size) const
{
    const std::optional<Frame> frame = frameOf(0, size, first);
    const Header* const header = frame ? headerOf(*frame) : nullptr;
    if (header == nullptr) {
        return { MessageKind::Binary, binarySummary(size, preview(first, size)) };
    }
    const MessageKind kind = header->isJson()               ? MessageKind::Json
        : header->contentType.toLower().startsWith("text/") ? MessageKind::Text
                                                            : MessageKind::Binary;
    const QByteArrayView content = first.sliced(frame->contentOffset);
    if (content.size() == header->contentLength) {
        return { kind, oneLine(sockeye::summary(*header, content, maxAppLineChars)) };
    }
    const QString beginning = preview(content, header->contentLength);
    return { kind,
        header->isJson() ? QCoreApplication::translate("sockeye::SummaryTexts", "JSON %1: %2")
                               .arg(byteCount(header->contentLength), beginning)
                         : binarySummary(header->contentLength, beginning) };
}

} // namespace sockeye
