// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/reader_failure.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CaptureReader", text);
}

} // namespace

Failure noCapture(const QString& path, const QByteArray& firstBytes)
{
    if (firstBytes.isEmpty()) {
        return { FailureCode::Other, tr("%1 is empty.").arg(path), tr("There is nothing in it to show."), {} };
    }
    return { FailureCode::Other, tr("%1 is no capture.").arg(path),
        tr("It begins with the bytes %1, which neither pcapng nor pcap does.")
            .arg(QString::fromLatin1(firstBytes.toHex(' '))),
        tr("Open a .pcapng or .pcap file, as it is or packed with gzip or zstd.") };
}

Failure damaged(const QString& path, qint64 position, const QString& what)
{
    return { FailureCode::Other, tr("%1 is damaged at byte %2: %3").arg(path, groupedDigits(position), what),
        tr("Everything before that place is shown."), {} };
}

Failure tooManyConnections(const QString& path, qsizetype limit)
{
    return { FailureCode::Other, tr("%1 holds more than %2 connections.").arg(path, groupedDigits(limit)),
        tr("The memory of this machine has room for the first of them; the others are left out."),
        tr("Cut the file into smaller ones, for example with editcap.") };
}

} // namespace sockeye
