// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/ladder/ladder_saver.h"

#include "app/threads/background_threads.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace sockeye {

LadderSaver::~LadderSaver()
{
    cancel();
}

void LadderSaver::cancel()
{
    if (m_run) {
        m_run->isCancelled = true;
    }
}

int LadderSaver::percent() const
{
    return m_run ? m_run->percent.load() : 0;
}

void LadderSaver::save(const LadderDrawing& drawing)
{
    if (m_run) {
        return;
    }
    m_run = std::make_shared<Run>();
    backgroundThreads().start([saver = QPointer<LadderSaver>(this), run = m_run, drawing] {
        const LadderDrawn drawn = drawLadder(drawing, [&run](double part) {
            run->percent = static_cast<int>(part * 100);
            return !run->isCancelled;
        });
        QMetaObject::invokeMethod(qApp, [saver, drawn, file = drawing.file] {
            if (saver != nullptr) {
                saver->finish(file, drawn);
            }
        });
    });
    Q_EMIT busyChanged();
}

void LadderSaver::finish(const QString& file, const LadderDrawn& drawn)
{
    m_run.reset();
    Q_EMIT busyChanged();
    if (drawn.failure) {
        Q_EMIT failed(drawn.failure.oneLine());
    } else if (!drawn.refusal.isEmpty()) {
        Q_EMIT failed(drawn.refusal);
    } else if (!drawn.isCancelled) {
        Q_EMIT saved(file);
    }
}

} // namespace sockeye
