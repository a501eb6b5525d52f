// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/export/pending_file.h"

#include "app/platform/system_error.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockeye {

namespace {

constexpr qsizetype gathered = 256 * 1024;
constexpr int triesForName = 100;

} // namespace

PendingFile::PendingFile(const QString& file)
    : m_name(file)
    , m_target(file)
{
    const QFileInfo facts(file);
    if (facts.isSymLink() && facts.exists()) {
        m_target = facts.canonicalFilePath();
    }
}

PendingFile::~PendingFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_temporary.isEmpty()) {
        QFile::remove(m_temporary);
    }
}

bool PendingFile::create(Existing existing)
{
    struct stat present { };
    const bool exists = ::stat(QFile::encodeName(m_target).constData(), &present) == 0;
    if (exists && (existing == Existing::Refuse || !S_ISREG(present.st_mode))) {
        return fail(S_ISDIR(present.st_mode) ? EISDIR : EEXIST);
    }
    int error = EEXIST;
    for (int tries = 0; tries < triesForName && error == EEXIST; ++tries) {
        const QString name = m_target + u'.' + QString::number(QRandomGenerator::global()->generate(), 36) + u".part";
        // As a new file of the user's; an old one keeps who may read it.
        m_descriptor = ::open(QFile::encodeName(name).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (m_descriptor >= 0) {
            m_temporary = name;
            if (exists) {
                [[maybe_unused]] const int kept = ::fchmod(m_descriptor, present.st_mode & 0777);
            }
            return true;
        }
        error = errno;
    }
    return fail(error);
}

void PendingFile::write(QByteArrayView bytes)
{
    m_pending.append(bytes);
    if (m_pending.size() >= gathered) {
        flush();
    }
}

void PendingFile::flush()
{
    const char* data = m_pending.constData();
    qsizetype left = m_failure ? 0 : m_pending.size();
    while (left > 0) {
        const ssize_t written = ::write(m_descriptor, data, static_cast<std::size_t>(left));
        if (written < 0 && errno != EINTR) {
            fail(errno);
            break;
        }
        if (written > 0) {
            data += written;
            left -= written;
        }
    }
    m_pending.resize(0);
}

bool PendingFile::close()
{
    if (m_descriptor >= 0) {
        flush();
        // What does not fit is told by some file systems only now.
        if (!m_failure && ::fsync(m_descriptor) != 0 && errno != EINVAL) {
            fail(errno);
        }
        if (::close(m_descriptor) != 0 && !m_failure) {
            fail(errno);
        }
        m_descriptor = -1;
    }
    return !m_failure;
}

bool PendingFile::commit()
{
    if (!close()) {
        return false;
    }
    if (::rename(QFile::encodeName(m_temporary).constData(), QFile::encodeName(m_target).constData()) != 0) {
        return fail(errno);
    }
    m_temporary.clear();
    return true;
}

bool PendingFile::fail(int error)
{
    m_failure = makeFailure(FailureCode::FileNotWritten, m_name, systemErrorText(error));
    return false;
}

} // namespace sockeye
