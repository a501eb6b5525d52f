// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/file_failure.h"

#include "app/storage/unpacker.h"
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

Failure shrunk(const QString& path)
{
    return { FailureCode::Other, tr("%1 became shorter while it was followed.").arg(path),
        tr("Another program began it anew: bytes of what is shown here are gone."), tr("Open it again.") };
}

Failure packedOtherwise(const QString& path, const Packing& packing)
{
    const QString name = QString::fromLatin1(packing.name);
    return { FailureCode::Other, tr("%1 is packed with %2, which Sockeye does not unpack.").arg(path, name),
        tr("Of packed captures it reads those of gzip and zstd."),
        tr("Unpack it first: %1 FILE | sockeye-cli decode -").arg(QString::fromLatin1(packing.command)) };
}

Failure packedBadly(const QString& path, qint64 position, bool isDamaged)
{
    return { FailureCode::Other,
        isDamaged
            ? tr("%1 is damaged at byte %2: it cannot be unpacked any further.").arg(path, groupedDigits(position))
            : tr("%1 is cut at byte %2: what was packed goes on.").arg(path, groupedDigits(position)),
        tr("Everything before that place is shown."), {} };
}

Failure packedTooWell(const QString& path, qint64 packed, qint64 unpacked)
{
    return { FailureCode::Other,
        tr("%1 is not unpacked any further: %2 bytes of it have become %3.")
            .arg(path, groupedDigits(packed), groupedDigits(unpacked)),
        tr("No capture packs that well: it looks like a file that is there to fill disks."),
        tr("If you trust it, unpack it yourself and open what comes out.") };
}

Failure cannotUnpack(const QString& path, const QString& reason)
{
    return { FailureCode::Other, tr("%1 cannot be copied to a temporary file: %2.").arg(path, reason),
        tr("Pipes and packed captures are kept in Sockeye's folder in your cache while they are open."),
        tr("Make room there, or unpack it elsewhere.") };
}

} // namespace sockeye
