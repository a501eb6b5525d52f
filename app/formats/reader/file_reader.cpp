// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/formats/reader/file_reader.h"

#include "app/formats/reader/reader_failure.h"
#include "app/recording/capture_log.h"
#include "app/storage/file_store.h"

#include <utility>

namespace sockeye {

namespace {
// What either format begins with; from then on it is known whether the file is one.
constexpr qint64 longestHead = 24;
// All of it is for who knows that nothing is left to do.
constexpr double mostProgress = 0.999;
} // namespace

FileReader::FileReader(CaptureLog& log, const FileStore& file)
    : m_log(log)
    , m_file(file)
    , m_pipe(log)
    , m_window(file)
    , m_table(m_pipe, log.connectionLimit())
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
            m_caughtUp = !m_file.isStream();
            return m_source->problem().isEmpty() || m_source->isCut() ? Outcome::AtEnd : Outcome::Over;
        }
        m_table.add(*packet, m_source->isOwn());
        if (!m_caughtUp) {
            m_pipe.setProgress(mostProgress * m_file.readablePart() * static_cast<double>(m_source->position())
                / static_cast<double>(m_window.end()));
        }
    }
    m_pipe.drain();
    return Outcome::Over;
}

void FileReader::settle(bool final)
{
    if (!final && !m_file.isStream()) {
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
    if (!m_source) {
        QByteArray first(8, Qt::Uninitialized);
        first.truncate(m_file.read(0, first.data(), first.size()));
        return noCapture(m_file.path(), first);
    }
    if (!m_source->problem().isEmpty()) {
        return damaged(m_file.path(), m_source->position(), m_source->problem());
    }
    if (m_table.isFull()) {
        return tooManyConnections(m_file.path(), static_cast<qsizetype>(m_table.limit()));
    }
    return {};
}

} // namespace sockeye
