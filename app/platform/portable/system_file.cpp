// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/system_file.h"

#include "app/platform/portable/blocking_input.h"
#include "app/platform/portable/file_error.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRandomGenerator>
#include <QStorageInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <system_error>

namespace sockeye {

namespace {

constexpr auto unbuffered = QIODevice::OpenMode(QIODevice::Unbuffered);

/// A lock is a file beside the one that it is for, which folders do not list. It does not age: it is left behind when
/// its process has gone.
std::unique_ptr<QLockFile> lockFor(const QString& path)
{
    const QFileInfo info(path);
    auto lock = std::make_unique<QLockFile>(QString(info.path() + u"/." + info.fileName() + u".lock"));
    lock->setStaleLockTime(0);
    return lock;
}

} // namespace

class SystemFile::Handle {
public:
    std::unique_ptr<QLockFile> lock; ///< null: none; goes after the file
    std::unique_ptr<QFile> file; ///< null of what keeps its reader waiting
    std::unique_ptr<BlockingInput> input; ///< of that
    mutable std::mutex mutex; ///< Qt's files have one place at which they read and write
    QString folder; ///< of a file without a name, which would get one if it were asked for it
    qint64 place = 0; ///< for readNext() and append(), which others' reads do not move; not of a stream
    bool isStream = false;

    /// Before a call that goes on where the last one ended.
    [[nodiscard]] bool seekPlace() const { return isStream || file->seek(place); }
    [[nodiscard]] static SystemFile opened(std::unique_ptr<QFile> file, QIODevice::OpenMode mode)
    {
        if (!file->open(mode | unbuffered)) {
            return { nullptr, fileError(*file) };
        }
        auto handle = std::make_unique<Handle>();
        handle->file = std::move(file);
        return { std::move(handle), 0 };
    }
};

SystemFile::SystemFile() = default;
SystemFile::~SystemFile() = default;
SystemFile::SystemFile(SystemFile&& other) noexcept = default;
SystemFile& SystemFile::operator=(SystemFile&& other) noexcept = default;

SystemFile::SystemFile(std::unique_ptr<Handle> handle, int error)
    : m_handle(std::move(handle))
    , m_error(error)
{
}

SystemFile SystemFile::openToRead(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists() || info.isFile()) {
        return Handle::opened(std::make_unique<QFile>(path), QIODevice::ReadOnly);
    }
    auto handle = std::make_unique<Handle>();
    if (info.isDir()) {
        handle->file = std::make_unique<QFile>(path);
    } else {
        handle->isStream = true;
        handle->input = std::make_unique<BlockingInput>(path);
    }
    return { std::move(handle), 0 };
}

SystemFile SystemFile::create(const QString& path)
{
    const QFileInfo info(path);
    const bool isSpecial = info.exists() && !info.isFile();
    SystemFile file = Handle::opened(std::make_unique<QFile>(path),
        isSpecial ? QIODevice::OpenMode(QIODevice::WriteOnly) : QIODevice::ReadWrite | QIODevice::Truncate);
    if (file.isOpen()) {
        file.m_handle->isStream = isSpecial;
    }
    return file;
}

SystemFile SystemFile::createNew(const QString& path)
{
    if (QFileInfo::exists(path)) {
        return { nullptr, EEXIST };
    }
    return Handle::opened(std::make_unique<QFile>(path), QIODevice::WriteOnly | QIODevice::NewOnly);
}

SystemFile SystemFile::openToWrite(const QString& path)
{
    SystemFile file = Handle::opened(std::make_unique<QFile>(path), QIODevice::WriteOnly | QIODevice::ExistingOnly);
    if (file.isOpen()) {
        file.m_handle->isStream = !QFileInfo(path).isFile();
    }
    return file;
}

/// Where the system knows no such files it has a name, which goes when it is closed in good order.
SystemFile SystemFile::createUnnamed(const QString& folder)
{
    auto file = std::make_unique<QTemporaryFile>(folder + u"/unpacked-XXXXXX");
    if (!file->open()) {
        return { nullptr, fileError(*file) };
    }
    auto handle = std::make_unique<Handle>();
    handle->file = std::move(file);
    handle->folder = folder;
    return { std::move(handle), 0 };
}

/// Its lock is made first.
SystemFile SystemFile::createLocked(const QString& beginning, const QString& end, QString& path)
{
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        path = beginning + QString::number(QRandomGenerator::global()->generate(), 36) + end;
        auto lock = lockFor(path);
        const bool isLocked = lock->tryLock();
        if (!isLocked && lock->error() == QLockFile::LockFailedError) {
            continue; // somebody has that very name
        }
        auto file = std::make_unique<QFile>(path);
        if (!file->open(QIODevice::ReadWrite | QIODevice::NewOnly | unbuffered,
                QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
            return { nullptr, fileError(*file) };
        }
        auto handle = std::make_unique<Handle>();
        handle->lock = std::move(lock); // where there are no locks, the file itself still works
        handle->file = std::move(file);
        return { std::move(handle), 0 };
    }
    return { nullptr, EEXIST };
}

SystemFile SystemFile::openLocked(const QString& path)
{
    const QFileInfo info(path);
    auto lock = lockFor(path);
    if (info.isSymLink() || !info.isFile() || !lock->tryLock()) {
        return { nullptr, EBUSY };
    }
    SystemFile file = Handle::opened(std::make_unique<QFile>(path), QIODevice::ReadWrite | QIODevice::ExistingOnly);
    if (file.isOpen()) {
        file.m_handle->lock = std::move(lock);
    }
    return file;
}

SystemFile SystemFile::standardInput()
{
    auto handle = std::make_unique<Handle>();
    handle->isStream = true;
    handle->input = std::make_unique<BlockingInput>();
    return { std::move(handle), 0 };
}

SystemFile SystemFile::standardOutput()
{
    constexpr int number = 1;
    auto file = std::make_unique<QFile>();
    if (!file->open(number, QIODevice::WriteOnly | unbuffered)) {
        return { nullptr, fileError(*file) };
    }
    auto handle = std::make_unique<Handle>();
    handle->isStream = true;
    handle->file = std::move(file);
    return { std::move(handle), 0 };
}

int SystemFile::close()
{
    m_handle.reset();
    m_error = 0;
    return 0;
}

std::optional<FileFacts> SystemFile::facts() const
{
    if (!m_handle) {
        return std::nullopt;
    }
    if (m_handle->isStream) {
        return FileFacts { FileFacts::Kind::Stream };
    }
    const std::lock_guard lock(m_handle->mutex);
    const QFile& file = *m_handle->file;
    if (!file.isOpen()) {
        return FileFacts { FileFacts::Kind::Folder };
    }
    return FileFacts { FileFacts::Kind::Regular, file.size(),
        file.fileTime(QFileDevice::FileModificationTime).toSecsSinceEpoch() };
}

std::optional<DiskRoom> SystemFile::room() const
{
    if (!m_handle || !m_handle->file || m_handle->isStream) {
        return std::nullopt;
    }
    const QString folder = m_handle->folder;
    const QStorageInfo disk(folder.isEmpty() ? QFileInfo(m_handle->file->fileName()).path() : folder);
    return disk.isValid() ? std::optional(DiskRoom { disk.bytesAvailable(), disk.bytesTotal() }) : std::nullopt;
}

qint64 SystemFile::read(char* to, qint64 size, qint64 position) const
{
    if (!m_handle || !m_handle->file) {
        return 0;
    }
    const std::lock_guard lock(m_handle->mutex);
    QFile& file = *m_handle->file;
    qint64 done = 0;
    while (done < size && file.seek(position + done)) {
        const qint64 got = file.read(to + done, size - done);
        if (got <= 0) {
            break;
        }
        done += got;
    }
    return done;
}

qint64 SystemFile::write(const char* data, qint64 size, qint64 position)
{
    const std::lock_guard lock(m_handle->mutex);
    QFile& file = *m_handle->file;
    qint64 done = 0;
    while (done < size) {
        const qint64 written = file.seek(position + done) ? file.write(data + done, size - done) : -1;
        if (written <= 0) {
            m_error = fileError(file);
            break;
        }
        done += written;
    }
    return done;
}

int SystemFile::truncate(qint64 size)
{
    const std::lock_guard lock(m_handle->mutex);
    m_error = m_handle->file->resize(size) ? 0 : fileError(*m_handle->file);
    return m_error;
}

int SystemFile::append(const char* data, qint64 size)
{
    const std::lock_guard lock(m_handle->mutex);
    m_error = 0;
    while (size > 0) {
        errno = 0;
        const qint64 written = m_handle->seekPlace() ? m_handle->file->write(data, size) : -1;
        if (written < 0) {
            m_error = errno == EPIPE ? EPIPE : fileError(*m_handle->file);
            break;
        }
        data += written;
        size -= written;
        m_handle->place += written;
    }
    return m_error;
}

qint64 SystemFile::readNext(char* to, qint64 size, std::chrono::milliseconds patience)
{
    if (!m_handle->input) {
        const std::lock_guard lock(m_handle->mutex);
        const qint64 got = m_handle->seekPlace() ? m_handle->file->read(to, size) : -1;
        m_handle->place += std::max<qint64>(got, 0);
        m_error = got < 0 ? fileError(*m_handle->file) : 0;
        return got;
    }
    const QByteArray bytes = m_handle->input->take(size, patience);
    if (!bytes.isEmpty()) {
        std::copy(bytes.cbegin(), bytes.cend(), to);
        return bytes.size();
    }
    const bool isOver = m_handle->input->isOver();
    m_error = isOver ? m_handle->input->error() : EAGAIN;
    return isOver && m_error == 0 ? 0 : -1;
}

/// Beyond what Qt hands to the system, nothing can be asked for.
int SystemFile::sync()
{
    m_error = 0;
    return 0;
}

void SystemFile::takePermissionsOf(const QString& path)
{
    m_handle->file->setPermissions(QFile::permissions(path));
}

QString SystemFile::ownPath() const
{
    return {};
}

int SystemFile::number() const
{
    return -1;
}

int renameFile(const QString& from, const QString& to)
{
    std::error_code error;
    std::filesystem::rename(from.toStdU16String(), to.toStdU16String(), error);
    const std::error_condition condition = error.default_error_condition();
    return condition.category() == std::generic_category() ? condition.value() : EIO;
}

void takeSizeLimitAsError()
{
#ifdef SIGXFSZ
    std::signal(SIGXFSZ, SIG_IGN);
#endif
}

} // namespace sockeye
