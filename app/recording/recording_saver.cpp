// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/recording/recording_saver.h"

#include "app/recording/capture_log.h"
#include "app/recording/capture_thread.h"
#include "app/threads/background_threads.h"

#include <QThreadPool>

namespace sockeye {

void saveRecording(std::shared_ptr<CaptureLog> log, const QString& file, std::function<void(const Failure&)> done)
{
    backgroundThreads().start([log = std::move(log), file, done = std::move(done)]() mutable {
        Failure failure = log->save(file);
        CaptureThread::instance().run(
            std::move(log), [failure = std::move(failure), done = std::move(done)] { done(failure); });
    });
}

} // namespace sockeye
