// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/file_writing.h"

#include "app/export/pending_file.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QThreadPool>

namespace sockeye {

namespace {

FileWritten written(const QString& file, const QByteArray& bytes, const FileWriting& how)
{
    if (!how.replaces && QFileInfo::exists(file)) {
        return { true, {} };
    }
    if (how.makesFolder) {
        QDir().mkpath(QFileInfo(file).absolutePath()); // where that fails, so does the file
    }
    PendingFile out(file);
    if (out.create()) {
        out.write(bytes);
        out.commit();
    }
    return { false, out.failure() };
}

} // namespace

void writeFile(const QString& file, const QByteArray& bytes, const FileWriting& how, QObject* owner,
    const std::function<void(const FileWritten&)>& done)
{
    backgroundThreads().start([file, bytes, how, owner = QPointer<QObject>(owner), done] {
        const FileWritten result = written(file, bytes, how);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [owner, done, result] {
                if (owner) {
                    done(result);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace sockeye
