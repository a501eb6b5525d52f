// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/file_store.h"

#include "app/capture/reader/reader_failure.h"
#include "app/platform/system_error.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sockeye {

namespace {
constexpr time_t recently = 5; // seconds: capturing programs write less often when little happens
} // namespace

FileStore::FileStore(const QString& path, Opening opening)
    : m_path(path)
    , m_isStandardInput(path == QLatin1StringView("-"))
{
    if (m_isStandardInput) {
        m_path = QCoreApplication::translate("CaptureReader", "standard input");
    }
    if (opening == Opening::AtOnce) {
        open();
    }
}

void FileStore::open()
{
    int descriptor = -1;
    if (m_isStandardInput) {
        descriptor = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    } else {
        // Not blocking: a pipe without a writer must not hold us up here.
        descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    }
    m_failure = descriptor < 0 ? cannotOpen(m_path, systemErrorText(errno)) : take(descriptor);
}

/// Takes the descriptor.
Failure FileStore::take(int descriptor)
{
    struct stat facts { };
    const bool isKnown = ::fstat(descriptor, &facts) == 0;
    if (isKnown && (S_ISFIFO(facts.st_mode) || S_ISSOCK(facts.st_mode) || S_ISCHR(facts.st_mode))) {
        m_stream = std::make_unique<InputStream>(m_path, descriptor, 0);
        m_descriptor = m_stream->spool();
        return m_stream->failure();
    }
    m_descriptor = descriptor;
    if (!isKnown || !S_ISREG(facts.st_mode)) {
        return cannotOpen(m_path, systemErrorText(!isKnown ? errno : S_ISDIR(facts.st_mode) ? EISDIR : ESPIPE));
    }
    m_size.store(facts.st_size);
    QByteArray head(packingHead, Qt::Uninitialized);
    head.truncate(read(0, head.data(), head.size()));
    const Packing packing = packingOf(head);
    if (!packing.isRead) {
        return packing.name ? packedOtherwise(m_path, packing) : Failure();
    }
    m_size.store(0);
    m_stream = std::make_unique<InputStream>(m_path, std::exchange(m_descriptor, -1), facts.st_size);
    m_descriptor = m_stream->spool();
    return m_stream->failure();
}

FileStore::~FileStore()
{
    if (m_descriptor >= 0 && !m_stream) {
        ::close(m_descriptor);
    }
}

InputStream::Pulled FileStore::pull(std::chrono::milliseconds patience)
{
    const InputStream::Pulled pulled = m_stream->pull(patience);
    m_size.store(m_stream->size(), std::memory_order_release);
    return pulled;
}

qint64 FileStore::read(qint64 position, char* to, qint64 size) const
{
    const qint64 end = readableEnd();
    if (position < 0 || position >= end) {
        return 0;
    }
    size = std::min(size, end - position);
    qint64 done = 0;
    while (done < size) {
        const ssize_t got = ::pread(m_descriptor, to + done, static_cast<std::size_t>(size - done), position + done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break; // cut short since, or not readable: what is there counts
        }
        done += got;
    }
    return done;
}

bool FileStore::hasGrown()
{
    struct stat facts { };
    if (m_stream || ::fstat(m_descriptor, &facts) != 0 || facts.st_size <= readableEnd()) {
        return false;
    }
    m_size.store(facts.st_size, std::memory_order_release);
    return true;
}

bool FileStore::isGrowing() const
{
    struct stat facts { };
    return !m_stream && ::fstat(m_descriptor, &facts) == 0
        && (facts.st_size > readableEnd() || ::time(nullptr) - facts.st_mtim.tv_sec <= recently);
}

bool FileStore::hasShrunk() const
{
    struct stat facts { };
    return !m_stream && ::fstat(m_descriptor, &facts) == 0 && facts.st_size < readableEnd();
}

} // namespace sockeye
