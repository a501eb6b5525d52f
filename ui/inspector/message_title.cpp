// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector/message_title.h"

#include "ui/text/byte_count_text.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QDateTime>

namespace sockeye {

namespace {

QString titleText(const char* text)
{
    return QCoreApplication::translate("MessageTitle", text);
}

QString kindText(const MessageRef& message)
{
    switch (message.record.kind) {
    case RecordKind::Message:
        return message.row < 0 ? titleText("Unfinished message")
                               : titleText("Message %1").arg(groupedNumber(message.row + 1));
    case RecordKind::BadMessage:
        return titleText("Bad message");
    case RecordKind::Error:
        return titleText("Error");
    case RecordKind::Note:
        return titleText("Note");
    }
    return {};
}

} // namespace

MessageTitle messageTitle(const MessageRef& message)
{
    const MessageRecord& record = message.record;
    const bool hasBytes = record.kind == RecordKind::Message || record.kind == RecordKind::BadMessage;
    MessageTitle title;
    QStringList headline { kindText(message) };
    if (hasBytes) {
        headline.append(record.direction == Direction::In ? titleText("← in") : titleText("→ out"));
        headline.append(byteCountText(record.size));
    }
    QStringList details;
    if (record.connection != 0) {
        details.append(titleText("connection #%1").arg(record.connection));
    }
    if (record.time > 0) {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(record.time / 1'000'000);
        details.append(time.toString(QStringLiteral("hh:mm:ss.zzz")));
        title.hint = absoluteTimeText(record.time);
        if (const qint64 start = message.capture->startTime(); start > 0) {
            title.hint += titleText("\n%1 s after the first event").arg(secondsText(record.time - start));
        }
    }
    if (hasBytes) {
        title.hint +=
            titleText("\nbytes %1 to %2 of the stream")
                .arg(groupedNumber(record.offset), groupedNumber(record.offset + qMax<qint64>(0, record.size - 1)));
    }
    title.headline = headline.join(u" · ");
    title.details = details.join(u" · ");
    return title;
}

} // namespace sockeye
