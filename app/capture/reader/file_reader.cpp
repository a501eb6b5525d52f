// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/file_reader.h"

#include "app/capture/capture_log.h"
#include "app/capture/reader/file_store.h"
#include "app/capture/reader/reader_failure.h"

#include <utility>

namespace sockeye {

namespace {
// What either format begins with; from then on it is known whether the file is one.
constexpr qint64 longestHead = 24;
// All of it is for who knows that nothing is left to do.
constexpr double mostProgress = 0.999;
} // namespace

FileReader::FileReader(CaptureLog& log)
    : m_log(log)
    , m_pipe(log)
    , m_window(*log.file())
    , m_table(m_pipe)
{
}

FileReader::~FileReader() = default;

FileReader::Outcome FileReader::readOn(const std::atomic<bool>& cancelled)
{
    if (std::exchange(m_toldProblem, false)) {
        m_log.setFailure({});
    }
    if (!m_source) {
        m_source = newPacketSource(m_window);
    }
    if (!m_source) {
        return m_window.end() < longestHead ? Outcome::AtEnd : Outcome::Over;
    }
    if (m_caughtUp) {
        m_pipe.setProgress(1); // the file is followed: what more comes is no part of what was to be read
    }
    m_source->goOn();
    while (!cancelled.load(std::memory_order_relaxed)) {
        const Packet* packet = m_source->next();
        if (!packet) {
            m_pipe.drain();
            m_caughtUp = !m_log.file()->isStream();
            return m_source->problem().isEmpty() || m_source->isCut() ? Outcome::AtEnd : Outcome::Over;
        }
        m_table.add(*packet, m_source->isOwn());
        if (!m_caughtUp) {
            m_pipe.setProgress(mostProgress * m_log.file()->readablePart() * static_cast<double>(m_source->position())
                / static_cast<double>(m_window.end()));
        }
    }
    m_pipe.drain();
    return Outcome::Over;
}

void FileReader::settle(bool final)
{
    if (!final && !m_log.file()->isStream()) {
        m_pipe.setProgress(1); // as above
    }
    m_table.settle(m_source ? m_source->skipped() : SkippedPackets(), final);
    m_pipe.drain();
    if (const Failure failure = problem()) {
        m_toldProblem = true;
        m_log.setFailure(failure);
    }
}

Failure FileReader::problem() const
{
    const FileStore& store = *m_log.file();
    if (!m_source) {
        QByteArray first(8, Qt::Uninitialized);
        first.truncate(store.read(0, first.data(), first.size()));
        return noCapture(store.path(), first);
    }
    if (!m_source->problem().isEmpty()) {
        return damaged(store.path(), m_source->position(), m_source->problem());
    }
    if (m_table.isFull()) {
        return tooManyConnections(store.path(), static_cast<qsizetype>(m_table.limit()));
    }
    return {};
}

} // namespace sockeye
