// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/input_stream.h"

#include "app/platform/system_error.h"
#include "app/storage/file_failure.h"
#include "app/storage/spool_folder.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace sockeye {

namespace {

constexpr qsizetype readAtOnce = 256 * 1024;
constexpr qsizetype unpackAtOnce = 1024 * 1024;
// The rest of the disk is for others: so much of it, or a twentieth where that is less.
constexpr qint64 reserve = 512 * 1024 * 1024;
constexpr qint64 betweenLooksAtDisk = 32 * 1024 * 1024;
// Captures become smaller by 3 to 30 times. What is far beyond, and large, is there to fill disks.
constexpr qint64 harmlessSize = 256 * 1024 * 1024;
constexpr qint64 largestRatio = 250;

int openUnnamed()
{
    const QString folder = spoolFolder();
    QDir().mkpath(folder);
    const QByteArray name = QFile::encodeName(folder);
#ifdef O_TMPFILE
    if (const int descriptor = ::open(name.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); descriptor >= 0) {
        return descriptor;
    }
#endif
    QByteArray pattern = name + "/unpacked-XXXXXX";
    const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (descriptor >= 0) {
        ::unlink(pattern.constData());
    }
    return descriptor;
}

} // namespace

InputStream::InputStream(const QString& path, int descriptor, qint64 size)
    : m_path(path)
    , m_input(descriptor)
    , m_inputSize(size)
    , m_spool(openUnnamed())
{
    if (m_spool < 0) {
        m_failure = cannotUnpack(path, systemErrorText(errno));
        m_isOver = true;
    }
}

InputStream::~InputStream()
{
    ::close(m_input);
    if (m_spool >= 0) {
        ::close(m_spool);
    }
}

double InputStream::part() const
{
    return m_inputSize > 0 ? std::min(1.0, static_cast<double>(m_taken) / static_cast<double>(m_inputSize)) : 1.0;
}

InputStream::Pulled InputStream::fail(const Failure& failure)
{
    m_failure = failure;
    m_isOver = true;
    return Pulled::End;
}

InputStream::Pulled InputStream::pull(std::chrono::milliseconds patience)
{
    while (!m_isOver) {
        if (!m_begun) {
            if (m_waiting.size() < packingHead && !m_inputOver) {
                if (const Pulled read = readMore(patience); read != Pulled::More) {
                    return read;
                }
                continue;
            }
            if (!begin()) {
                return Pulled::End;
            }
        }
        if (!m_unpacker) {
            if (!m_waiting.isEmpty()) {
                m_taken += m_waiting.size();
                return keep(std::exchange(m_waiting, {}));
            }
        } else {
            m_output.resize(unpackAtOnce);
            const Unpacker::Step step = m_unpacker->unpack(m_waiting, m_output.data(), m_output.size());
            m_taken += step.taken;
            m_waiting.remove(0, step.taken);
            if (step.made > 0) {
                return keep(QByteArrayView(m_output).first(step.made));
            }
            if (step.isDamaged || (m_inputOver && !m_unpacker->isWhole())) {
                return fail(packedBadly(m_path, m_taken, step.isDamaged));
            }
        }
        if (m_inputOver) {
            m_isOver = true;
        } else if (const Pulled read = readMore(patience); read != Pulled::More) {
            return read;
        }
    }
    return Pulled::End;
}

bool InputStream::begin()
{
    m_begun = true;
    const Packing packing = packingOf(m_waiting);
    if (packing.name && !packing.isRead) {
        (void)fail(packedOtherwise(m_path, packing));
        return false;
    }
    m_unpacker = newUnpacker(m_waiting);
    return true;
}

/// More if the input has more or has ended.
InputStream::Pulled InputStream::readMore(std::chrono::milliseconds patience)
{
    pollfd waiting { m_input, POLLIN, 0 };
    const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) {
        return Pulled::Nothing;
    }
    const qsizetype before = m_waiting.size();
    m_waiting.resize(before + readAtOnce);
    const ssize_t got = ::read(m_input, m_waiting.data() + before, static_cast<std::size_t>(readAtOnce));
    const int error = errno;
    m_waiting.truncate(before + std::max<ssize_t>(got, 0));
    if (got < 0) {
        const bool isLater = error == EINTR || error == EAGAIN;
        return isLater ? Pulled::Nothing : fail(cannotOpen(m_path, systemErrorText(error)));
    }
    m_inputOver = got == 0;
    return Pulled::More;
}

InputStream::Pulled InputStream::keep(QByteArrayView bytes)
{
    if (m_unpacker && m_made > harmlessSize && m_made / largestRatio > m_taken) {
        return fail(packedTooWell(m_path, m_taken, m_made));
    }
    if (m_checkedRoomAt < 0 || m_made - m_checkedRoomAt >= betweenLooksAtDisk) {
        m_checkedRoomAt = m_made;
        struct statvfs disk { };
        if (::fstatvfs(m_spool, &disk) == 0) {
            const auto block = static_cast<qint64>(disk.f_frsize);
            const qint64 free = static_cast<qint64>(disk.f_bavail) * block;
            if (free < std::min(reserve, static_cast<qint64>(disk.f_blocks) * block / 20)) {
                return fail(cannotUnpack(m_path, systemErrorText(ENOSPC)));
            }
        }
    }
    while (!bytes.isEmpty()) {
        const ssize_t written = ::pwrite(m_spool, bytes.data(), static_cast<std::size_t>(bytes.size()), m_made);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fail(cannotUnpack(m_path, systemErrorText(errno)));
        }
        m_made += written;
        bytes = bytes.sliced(written);
    }
    return Pulled::More;
}

} // namespace sockeye
