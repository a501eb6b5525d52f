// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/protocols/app/app_part.h"
#include "protocol/protocols/app/app_protocol.h"
#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString appWaitingText(const char* text)
{
    return QCoreApplication::translate("sockeye::AppProtocol", text);
}

} // namespace

QString AppProtocol::waitingFor(const Progress& progress) const
{
    const QString have = groupedDigits(progress.have);
    const QString need = groupedDigits(progress.need);
    switch (progress.part) {
    case AppPart::FixedHeader:
        return appWaitingText("fixed header: %1 of %2 bytes").arg(have, need);
    case AppPart::JsonHeader:
        return appWaitingText("JSON header: %1 of %2 bytes").arg(have, need);
    default:
        return appWaitingText("content: %1 of %2 bytes").arg(have, need);
    }
}

QString AppProtocol::reached(const Progress& progress) const
{
    const QString have = byteCount(progress.have);
    const QString need = groupedDigits(progress.need);
    switch (progress.part) {
    case AppPart::FixedHeader:
        return appWaitingText("%1 into a %2-byte fixed header").arg(have, need);
    case AppPart::JsonHeader:
        return appWaitingText("%1 into a %2-byte JSON header").arg(have, need);
    default:
        return appWaitingText("%1 into a %2-byte content").arg(have, need);
    }
}

QString AppProtocol::adviceOn(const Progress& progress) const
{
    const QString missing = groupedDigits(progress.missing());
    switch (progress.part) {
    case AppPart::FixedHeader:
        return appWaitingText(
            "A message begins with two bytes that hold the length of its JSON header, and one of them is "
            "missing. Does the sender write both, and does it send what it wrote?");
    case AppPart::JsonHeader: {
        const qint64 swapped = ((progress.need & 0xff) << 8) | ((progress.need >> 8) & 0xff);
        const QString announced = appWaitingText("The first two bytes announced a JSON header of %1; %2 are missing. ")
                                      .arg(byteCount(progress.need), missing);
        // A real header is a hundred bytes or two; one of many thousands is most likely the wrong byte order.
        if (progress.need >= 4096 && swapped >= 2 && swapped < 4096) {
            return announced
                + appWaitingText(
                    "In the other byte order they would mean %1: does the sender write the length in network "
                    "order (big-endian)?")
                      .arg(groupedDigits(swapped));
        }
        return announced
            + appWaitingText("Does the sender announce the length of exactly the header that it sends, in bytes?");
    }
    default:
        return appWaitingText(
            "The header's content-length announced %1; %2 are missing. Does the sender count bytes after "
            "encoding (not characters), and does it send all that it was asked to? A single send() may take "
            "only a part.")
            .arg(byteCount(progress.need), missing);
    }
}

} // namespace sockeye
