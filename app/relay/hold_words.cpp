// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/relay/hold_words.h"

#include "app/relay/relay_script.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sockeye::HoldWords", text);
}

} // namespace

FaultSettings holdAsFault()
{
    FaultSettings hold;
    hold.kind = holdName;
    hold.name = holdName;
    return hold;
}

QString heldText(Direction direction, const FaultStrike& strike)
{
    const bool isFromClient = direction == Direction::In;
    const QString became = strike.detail.value(QLatin1StringView("became")).toString();
    const QString size = groupedDigits(strike.size);
    const QString offset = groupedDigits(strike.offset);
    const QString time = groupedDigits(strike.detail.value(QLatin1StringView("held_ms")).toInteger());
    const QString bytes = groupedDigits(strike.detail.value(QLatin1StringView("bytes")).toInteger());
    if (became == u"edited") {
        return (isFromClient ? tr("The message from the client at byte %1 was held for %2 ms and changed: %3 bytes "
                                  "went to the target instead of %4.")
                             : tr("The message from the target at byte %1 was held for %2 ms and changed: %3 bytes "
                                  "went to the client instead of %4."))
                   .arg(offset, time, bytes, size)
            + u' ' + sentInPlaceText(strike.sent);
    }
    if (became == u"answered") {
        return (isFromClient ? tr("The message from the client at byte %1 (%4 bytes) was held for %2 ms and answered "
                                  "in the target's place, with %3 bytes.")
                             : tr("The message from the target at byte %1 (%4 bytes) was held for %2 ms and answered "
                                  "in the client's place, with %3 bytes."))
                   .arg(offset, time, bytes, size)
            + u' ' + sentInPlaceText(strike.sent, true);
    }
    if (became == u"dropped") {
        return (isFromClient ? tr("The message from the client at byte %1 (%3 bytes) was held for %2 ms and dropped.")
                             : tr("The message from the target at byte %1 (%3 bytes) was held for %2 ms and dropped."))
            .arg(offset, time, size);
    }
    if (became == u"let-go") {
        return (isFromClient ? tr("The message from the client at byte %1 (%3 bytes) was held for %2 ms and let go.")
                             : tr("The message from the target at byte %1 (%3 bytes) was held for %2 ms and let go."))
            .arg(offset, time, size);
    }
    return (isFromClient ? tr("The message from the client at byte %1 (%3 bytes) was held for %2 ms and passed, since "
                              "nobody had decided on it.")
                         : tr("The message from the target at byte %1 (%3 bytes) was held for %2 ms and passed, since "
                              "nobody had decided on it."))
        .arg(offset, time, size);
}

QString insertedText(Direction direction, qint64 size, bool wasSent)
{
    const bool toTarget = direction == Direction::In;
    const QString bytes = groupedDigits(size);
    if (wasSent) {
        return (toTarget ? tr("One more message was sent to the target, which the client never sent: %1 bytes.")
                         : tr("One more message was sent to the client, which the target never sent: %1 bytes."))
            .arg(bytes);
    }
    return (toTarget ? tr("A message of %1 bytes was not sent to the target: nothing can be sent to it any more.")
                     : tr("A message of %1 bytes was not sent to the client: nothing can be sent to it any more."))
        .arg(bytes);
}

} // namespace sockeye
