// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/reader_failure.h"

#include "protocol/text/describe_bytes.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CaptureReader", text);
}

} // namespace

Failure cannotOpen(const QString& path, const QString& reason)
{
    return { FailureCode::Other, tr("%1 cannot be read: %2.").arg(path, reason), {},
        tr("Check that the file is there and that you may read it.") };
}

Failure noCapture(const QString& path, const QByteArray& firstBytes)
{
    if (firstBytes.isEmpty()) {
        return { FailureCode::Other, tr("%1 is empty.").arg(path), tr("There is nothing in it to show."), {} };
    }
    return { FailureCode::Other, tr("%1 is no capture.").arg(path),
        tr("It begins with the bytes %1, which neither pcapng nor pcap does.")
            .arg(QString::fromLatin1(firstBytes.toHex(' '))),
        tr("Open a .pcapng or .pcap file.") };
}

Failure damaged(const QString& path, qint64 position, const QString& what)
{
    return { FailureCode::Other, tr("%1 is damaged at byte %2: %3").arg(path, groupedDigits(position), what),
        tr("Everything before that place is shown."), {} };
}

Failure shrunk(const QString& path)
{
    return { FailureCode::Other, tr("%1 became shorter while it was followed.").arg(path),
        tr("Another program began it anew: bytes of what is shown here are gone."), tr("Open it again.") };
}

Failure tooManyConnections(const QString& path, qsizetype limit)
{
    return { FailureCode::Other, tr("%1 holds more than %2 connections.").arg(path, groupedDigits(limit)),
        tr("The memory of this machine has room for the first of them; the others are left out."),
        tr("Cut the file into smaller ones, for example with editcap.") };
}

} // namespace sockeye
