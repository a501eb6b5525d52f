// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/capture_saver.h"

#include "app/capture/background_threads.h"
#include "app/capture/capture_log.h"
#include "app/capture/capture_thread.h"
#include "app/capture/reader/file_store.h"
#include "app/capture/reader/pcapng_converter.h"
#include "app/platform/system_error.h"

#include <QSaveFile>
#include <QThreadPool>

#include <cerrno>

namespace sockeye {

namespace {

Failure failureOf(const QSaveFile& file)
{
    return makeFailure(FailureCode::SpoolFull, file.fileName(), file.errorString());
}

Failure convertTo(const FileStore& store, const QString& name)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return failureOf(file);
    }
    if (!convertToPcapng(store, file)) {
        file.cancelWriting();
        return failureOf(file);
    }
    return file.commit() ? Failure() : failureOf(file);
}

} // namespace

Failure copyBytes(const ByteStore& store, qint64 end, const QString& name)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return failureOf(file);
    }
    QByteArray window(1024 * 1024, Qt::Uninitialized);
    for (qint64 position = 0; position < end;) {
        const qint64 got = store.read(position, window.data(), std::min<qint64>(window.size(), end - position));
        if (got <= 0) {
            file.cancelWriting();
            return makeFailure(FailureCode::SpoolFull, name, systemErrorText(EIO));
        }
        if (file.write(window.constData(), got) != got) {
            return failureOf(file);
        }
        position += got;
    }
    return file.commit() ? Failure() : failureOf(file);
}

void saveCapture(std::shared_ptr<CaptureLog> log, const QString& file, std::function<void(const Failure&)> done)
{
    backgroundThreads().start([log = std::move(log), file, done = std::move(done)]() mutable {
        Failure failure;
        if (!log->isKept()) {
            failure = makeFailure(FailureCode::SpoolFull, file, systemErrorText(ENODATA)); // nothing was recorded
        } else if (log->file() && !isPcapng(*log->file())) {
            failure = convertTo(*log->file(), file);
        } else {
            failure = copyBytes(log->store(), log->store().readableEnd(), file);
        }
        CaptureThread::instance().run(
            std::move(log), [failure = std::move(failure), done = std::move(done)] { done(failure); });
    });
}

} // namespace sockeye
