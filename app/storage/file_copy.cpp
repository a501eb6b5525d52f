// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/file_copy.h"

#include "app/platform/system_error.h"
#include "app/storage/byte_store.h"

#include <QSaveFile>

#include <algorithm>
#include <cerrno>

namespace sockeye {

Failure saveFailure(const QSaveFile& file)
{
    return makeFailure(FailureCode::SpoolFull, file.fileName(), file.errorString());
}

Failure copyBytes(const ByteStore& store, qint64 end, const QString& name)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return saveFailure(file);
    }
    QByteArray window(1024 * 1024, Qt::Uninitialized);
    for (qint64 position = 0; position < end;) {
        const qint64 got = store.read(position, window.data(), std::min<qint64>(window.size(), end - position));
        if (got <= 0) {
            file.cancelWriting();
            return makeFailure(FailureCode::SpoolFull, name, systemErrorText(EIO));
        }
        if (file.write(window.constData(), got) != got) {
            return saveFailure(file);
        }
        position += got;
    }
    return file.commit() ? Failure() : saveFailure(file);
}

} // namespace sockeye
