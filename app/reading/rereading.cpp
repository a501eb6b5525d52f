// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/reading/rereading.h"

#include "app/reading/reading_index.h"
#include "app/recording/capture_log.h"
#include "app/threads/application_end.h"
#include "app/threads/gui_thread_wait.h"

#include <QThreadPool>

#include <algorithm>

namespace sockeye {

namespace {

// They use a processor each, and the disk.
constexpr int mostAtOnce = 2;
// What is told while whoever records has to wait: a moment's work at first. It doubles each time that more has come
// meanwhile, so that this ends however fast the recording grows.
constexpr qint64 restBytes = 1024 * 1024;
constexpr qint64 restEvents = 4096;
// All of it is for who knows that nothing is left to do.
constexpr double mostProgress = 0.999;

/// Apart from backgroundThreads(), where people wait for a message.
struct RereadingThreads : QThreadPool {
    RereadingThreads() { setMaxThreadCount(mostAtOnce); }

    static RereadingThreads& instance()
    {
        static RereadingThreads threads;
        return threads;
    }
};

} // namespace

struct Rereading::State {
    State(const CaptureLog& log, std::shared_ptr<ReadingIndex> index)
        : reading(std::move(index))
        , replay(log.events(), log.streams(), log.store(), *reading)
    {
    }

    const std::shared_ptr<ReadingIndex> reading;
    Replay replay;
    std::atomic<bool> cancelled { false };
    std::atomic<double> progress { 0 };
    std::atomic<bool> over { false };
};

Rereading::Rereading(std::shared_ptr<CaptureLog> log, std::shared_ptr<ReadingIndex> reading)
    : m_state(std::make_shared<State>(*log, std::move(reading)))
{
    waitAtApplicationEnd([] { RereadingThreads::instance().waitForDone(); });
    RereadingThreads::instance().start([log = std::move(log), state = m_state] {
        run(*log, *state);
        state->over.store(true);
        state->over.notify_all();
    });
}

Rereading::~Rereading()
{
    cancel();
}

double Rereading::progress() const
{
    return m_state->progress.load(std::memory_order_acquire);
}

void Rereading::cancel()
{
    m_state->cancelled.store(true);
}

void Rereading::wait()
{
    GuiThreadWait::check("another reading of a capture");
    m_state->over.wait(false);
}

void Rereading::run(CaptureLog& log, State& state)
{
    const auto tellProgress = [&](qint64 end) {
        const double part = end == 0 ? 1.0 : static_cast<double>(state.replay.position()) / static_cast<double>(end);
        // Of a file that is being read, more is to come.
        const double progress = mostProgress * part * log.progress();
        state.progress.store(std::max(progress, state.progress.load()), std::memory_order_release);
    };
    constexpr qint64 stretch = 64 * 1024; // of the log, between two looks at how far it is
    for (qint64 round = 1; !state.cancelled.load(); round *= 2) {
        const qint64 end = log.events().end();
        const qint64 bytes = log.byteCount();
        if (end - state.replay.position() <= restEvents * round
            && bytes - state.replay.byteCount() <= restBytes * round) {
            log.attach(state.reading, [&state](qint64 last) {
                state.replay.goOn(last, state.cancelled);
                state.reading->publish();
                state.reading->followWriter();
            });
            if (state.cancelled.load()) {
                log.detach(state.reading.get()); // whoever wanted it may have looked for it before
            } else {
                state.progress.store(1, std::memory_order_release);
            }
            return;
        }
        while (state.replay.position() < end && !state.cancelled.load()) {
            state.replay.goOn(std::min(end, state.replay.position() + stretch), state.cancelled);
            tellProgress(end);
        }
        state.reading->publish();
    }
}

} // namespace sockeye
