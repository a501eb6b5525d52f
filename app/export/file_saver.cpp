// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/file_saver.h"

#include "app/export/pending_file.h"
#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

SaveResult writeWhole(const QString& file, const QByteArray& bytes)
{
    SaveResult result;
    PendingFile pending(file);
    if (pending.create()) {
        pending.write(bytes);
        pending.commit();
    }
    result.failure = pending.failure();
    return result;
}

FileSaver::~FileSaver()
{
    cancel();
}

void FileSaver::cancel()
{
    if (m_run) {
        m_run->isCancelled = true;
    }
}

int FileSaver::percent() const
{
    return m_run ? m_run->percent.load() : 0;
}

void FileSaver::save(const QString& file, std::function<SaveResult(const SaveProgress&)> work)
{
    if (m_run) {
        return;
    }
    m_run = std::make_shared<Run>();
    backgroundThreads().start([saver = QPointer<FileSaver>(this), run = m_run, file, work = std::move(work)] {
        const SaveResult result = work([&run](double part) {
            run->percent = static_cast<int>(part * 100);
            return !run->isCancelled;
        });
        QMetaObject::invokeMethod(qApp, [saver, result, file] {
            if (saver != nullptr) {
                saver->finish(file, result);
            }
        });
    });
    Q_EMIT busyChanged();
}

void FileSaver::finish(const QString& file, const SaveResult& result)
{
    m_run.reset();
    Q_EMIT busyChanged();
    if (result.failure) {
        Q_EMIT failed(result.failure.oneLine());
    } else if (!result.refusal.isEmpty()) {
        Q_EMIT failed(result.refusal);
    } else if (!result.isCancelled) {
        Q_EMIT saved(file);
    }
}

} // namespace sockeye
