// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/reader/file_store.h"

#include "app/capture/reader/reader_failure.h"
#include "app/platform/system_error.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockeye {

namespace {
constexpr time_t recently = 5; // seconds: capturing programs write less often when little happens
} // namespace

FileStore::FileStore(const QString& path)
    : m_path(path)
{
    // Not blocking: a pipe without a writer must not hold us up before we can see that it is no file.
    m_descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat facts { };
    if (m_descriptor < 0 || ::fstat(m_descriptor, &facts) != 0) {
        m_failure = cannotOpen(path, systemErrorText(errno));
    } else if (!S_ISREG(facts.st_mode)) {
        m_failure = cannotOpen(path, systemErrorText(S_ISDIR(facts.st_mode) ? EISDIR : ESPIPE));
    } else {
        m_size.store(facts.st_size);
    }
}

FileStore::~FileStore()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
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
    if (::fstat(m_descriptor, &facts) != 0 || facts.st_size <= readableEnd()) {
        return false;
    }
    m_size.store(facts.st_size, std::memory_order_release);
    return true;
}

bool FileStore::isGrowing() const
{
    struct stat facts { };
    return ::fstat(m_descriptor, &facts) == 0
        && (facts.st_size > readableEnd() || ::time(nullptr) - facts.st_mtim.tv_sec <= recently);
}

bool FileStore::hasShrunk() const
{
    struct stat facts { };
    return ::fstat(m_descriptor, &facts) == 0 && facts.st_size < readableEnd();
}

} // namespace sockeye
