// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/file_import.h"

#include "app/capture/capture_log.h"
#include "app/capture/reader/conversation_table.h"
#include "app/capture/reader/file_store.h"
#include "app/capture/reader/reader_failure.h"

#include <QtEndian>

namespace sockeye {

namespace {
constexpr int packetsBetweenCommits = 512;
} // namespace

FileImport::FileImport(std::shared_ptr<CaptureLog> log)
    : m_state(std::make_shared<State>())
{
    m_thread = std::thread([log = std::move(log), state = m_state] {
        read(*log, *state);
        log->commit();
        log->setProgress(1);
        log->idle();
        state->done.store(true);
        state->done.notify_all();
    });
}

FileImport::~FileImport()
{
    cancel();
    if (m_thread.get_id() == std::this_thread::get_id()) {
        m_thread.detach(); // an observer let go of the capture
    } else {
        m_thread.join();
    }
}

void FileImport::wait()
{
    if (m_thread.get_id() != std::this_thread::get_id()) {
        m_state->done.wait(false);
    }
}

void FileImport::read(CaptureLog& log, const State& state)
{
    const FileStore& store = *log.file();
    if (store.failure()) {
        log.setFailure(store.failure());
        return;
    }
    FileWindow window(store);
    const std::unique_ptr<PacketSource> source = newPacketSource(window);
    if (!source) {
        QByteArray first(8, Qt::Uninitialized);
        first.truncate(store.read(0, first.data(), first.size()));
        log.setFailure(noCapture(store.path(), first));
        return;
    }
    ConversationTable table(log);
    int packets = 0;
    while (!state.cancelled.load(std::memory_order_relaxed)) {
        const Packet* packet = source->next();
        if (!packet) {
            break;
        }
        table.add(*packet, source->isOwn());
        if (++packets == packetsBetweenCommits) {
            packets = 0;
            log.commit();
            log.setProgress(static_cast<double>(source->position()) / static_cast<double>(window.end()));
        }
    }
    table.finish();
    if (!source->problem().isEmpty()) {
        log.setFailure(damaged(store.path(), source->position(), source->problem()));
    } else if (table.isFull()) {
        log.setFailure(tooManyConnections(store.path(), ConversationTable::limit));
    }
}

} // namespace sockeye
