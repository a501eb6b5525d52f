// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/file_import.h"

#include "app/formats/reader/file_reader.h"
#include "app/recording/capture_log.h"
#include "app/storage/file_failure.h"
#include "app/storage/file_store.h"
#include "app/threads/apart.h"
#include "app/threads/gui_thread_wait.h"

#include <chrono>

namespace sockeye {

namespace {
using namespace std::chrono_literals;
// One look at a file's size costs a microsecond: often enough that nobody waits for what was written.
constexpr auto betweenLooks = 50ms;
// Nothing has come for so long: what is half there will hardly be completed.
constexpr int quietLooks = 20;
} // namespace

FileImport::FileImport(std::shared_ptr<CaptureLog> log, FileStore& file, FollowFile follow)
    : m_state(std::make_shared<State>())
{
    // Whoever lets go of the file does not wait: a read of a network file may take for ever.
    runApart([log = std::move(log), &file, state = m_state, follow] {
        state->reader.store(std::this_thread::get_id());
        run(*log, file, *state, follow);
        log->commit();
        state->following.store(false);
        tellRead(*log, *state);
        state->ended.store(true);
        state->ended.notify_all();
    });
}

FileImport::~FileImport()
{
    cancel();
}

void FileImport::cancel()
{
    m_state->cancelled.store(true);
    stop();
}

void FileImport::stopFollowing()
{
    stop();
}

/// Follows no longer.
void FileImport::stop()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stop = true;
    }
    m_state->woken.notify_all();
}

bool FileImport::isOwnThread() const
{
    const std::thread::id caller = std::this_thread::get_id();
    return caller == m_state->reader.load() || caller == m_state->indexer.load();
}

void FileImport::wait()
{
    if (!isOwnThread()) {
        GuiThreadWait::check("a file to be read");
        m_state->read.wait(false);
    }
}

void FileImport::waitUntilEnded()
{
    if (!isOwnThread()) {
        GuiThreadWait::check("a file's reader");
        m_state->ended.wait(false);
    }
}

void FileImport::tellRead(CaptureLog& log, State& state)
{
    log.setProgress(1);
    log.idle();
    state.read.store(true);
    state.read.notify_all();
}

void FileImport::run(CaptureLog& log, FileStore& file, State& state, FollowFile follow)
{
    file.open();
    if (file.failure()) {
        log.setFailure(file.failure());
        return;
    }
    FileReader reader(log, file);
    state.indexer.store(reader.indexingThread());
    while (reader.readOn(state.cancelled) == FileReader::Outcome::AtEnd) {
        if (file.isStream()) {
            if (!pullMore(log, file, state, [&reader] { reader.settle(false); })) {
                break;
            }
            continue;
        }
        if (follow == FollowFile::IfGrowing && !state.following.load() && !file.isGrowing()) {
            break;
        }
        if (follow == FollowFile::Never) {
            break;
        }
        state.following.store(true);
        tellRead(log, state);
        if (!waitForMore(log, file, state, [&reader] { reader.settle(false); })) {
            if (file.hasGrown()) { // what was there when it was to stop belongs to it
                (void)reader.readOn(state.cancelled);
            }
            break;
        }
    }
    reader.settle();
    if (const Failure failure = file.streamFailure()) {
        log.setFailure(failure); // it says more than that the capture is cut
    }
    if (file.hasShrunk()) {
        log.setFailure(shrunk(file.path()));
    }
}

/// False when nothing more comes, or none is wanted.
bool FileImport::pullMore(CaptureLog& log, FileStore& file, State& state, const std::function<void()>& settle)
{
    for (int looks = 1; !state.cancelled.load(); ++looks) {
        switch (file.pull(betweenLooks)) {
        case InputStream::Pulled::More:
            return true;
        case InputStream::Pulled::End:
            return false;
        case InputStream::Pulled::Nothing:
            break;
        }
        const std::lock_guard lock(state.mutex);
        if (state.stop) {
            return false;
        }
        if (looks == quietLooks) {
            settle();
        }
        log.idle();
    }
    return false;
}

bool FileImport::waitForMore(CaptureLog& log, FileStore& file, State& state, const std::function<void()>& settle)
{
    int looks = 0;
    while (true) {
        {
            std::unique_lock lock(state.mutex);
            if (state.woken.wait_for(lock, betweenLooks, [&state] { return state.stop; })) {
                return false;
            }
        }
        if (file.hasGrown()) {
            return true;
        }
        if (file.hasShrunk()) {
            return false;
        }
        if (++looks == quietLooks) {
            settle();
            log.idle();
        }
    }
}

} // namespace sockeye
