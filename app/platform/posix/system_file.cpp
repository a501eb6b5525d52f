// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/system_file.h"

#include "app/platform/posix/descriptor.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace sockeye {

class SystemFile::Handle {
public:
    explicit Handle(Descriptor descriptor)
        : m_descriptor(std::move(descriptor))
    {
    }
    [[nodiscard]] int number() const { return m_descriptor.number(); }
    [[nodiscard]] int take() { return m_descriptor.release(); } ///< the caller owns it
    /// As it just came from the system, whose error counts if it is none.
    [[nodiscard]] static SystemFile file(Descriptor descriptor)
    {
        if (!descriptor.isValid()) {
            return { nullptr, errno };
        }
        return { std::make_unique<Handle>(std::move(descriptor)), 0 };
    }

private:
    Descriptor m_descriptor;
};

namespace {

Descriptor openDescriptor(const QString& path, int flags, mode_t mode = 0)
{
    return Descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, mode));
}

/// Calls until no signal came in between; below 0: errno says why.
template <typename Call> ssize_t uninterrupted(Call call)
{
    ssize_t result = call();
    while (result < 0 && errno == EINTR) {
        result = call();
    }
    return result;
}

} // namespace

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
    // Not blocking: a pipe without a writer must not hold us up here.
    return Handle::file(openDescriptor(path, O_RDONLY | O_NONBLOCK));
}

SystemFile SystemFile::create(const QString& path)
{
    return Handle::file(openDescriptor(path, O_RDWR | O_CREAT | O_TRUNC, 0666));
}

SystemFile SystemFile::createNew(const QString& path)
{
    return Handle::file(openDescriptor(path, O_WRONLY | O_CREAT | O_EXCL, 0666));
}

SystemFile SystemFile::openToWrite(const QString& path)
{
    return Handle::file(openDescriptor(path, O_WRONLY));
}

SystemFile SystemFile::createUnnamed(const QString& folder)
{
#ifdef O_TMPFILE
    if (Descriptor descriptor = openDescriptor(folder, O_TMPFILE | O_RDWR, 0600); descriptor.isValid()) {
        return Handle::file(std::move(descriptor));
    }
#endif
    QByteArray pattern = QFile::encodeName(folder) + "/unpacked-XXXXXX";
    Descriptor descriptor(::mkostemp(pattern.data(), O_CLOEXEC));
    if (descriptor.isValid()) {
        ::unlink(pattern.constData());
    }
    return Handle::file(std::move(descriptor));
}

SystemFile SystemFile::createLocked(const QString& beginning, const QString& end, QString& path)
{
    constexpr QByteArrayView newSuffix(".new");
    QByteArray name = QFile::encodeName(beginning) + "XXXXXX" + newSuffix;
    Descriptor descriptor(::mkostemps(name.data(), static_cast<int>(newSuffix.size()), O_CLOEXEC)); // with mode 0600
    if (!descriptor.isValid()) {
        return Handle::file(std::move(descriptor));
    }
    (void)::flock(descriptor.number(), LOCK_EX); // where there are no locks, the file itself still works
    const QByteArray locked = name.chopped(newSuffix.size()) + QFile::encodeName(end);
    const bool renamed = std::rename(name.constData(), locked.constData()) == 0;
    path = QFile::decodeName(renamed ? locked : name);
    return Handle::file(std::move(descriptor));
}

SystemFile SystemFile::openLocked(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    SystemFile file = Handle::file(openDescriptor(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK));
    struct stat facts { };
    struct stat named { };
    // While we waited for nothing, somebody may have taken it away: the name must still be that of what is locked.
    if (file.isOpen()
        && (::flock(file.number(), LOCK_EX | LOCK_NB) != 0 || ::fstat(file.number(), &facts) != 0
            || !S_ISREG(facts.st_mode) || ::stat(name.constData(), &named) != 0 || named.st_ino != facts.st_ino)) {
        return { nullptr, EBUSY };
    }
    return file;
}

SystemFile SystemFile::standardInput()
{
    return Handle::file(Descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)));
}

SystemFile SystemFile::standardOutput()
{
    return Handle::file(Descriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)));
}

int SystemFile::number() const
{
    return m_handle ? m_handle->number() : -1;
}

int SystemFile::close()
{
    m_error = 0;
    if (m_handle) {
        const int descriptor = m_handle->take();
        m_handle.reset();
        m_error = ::close(descriptor) == 0 ? 0 : errno;
    }
    return m_error;
}

std::optional<FileFacts> SystemFile::facts() const
{
    struct stat facts { };
    if (::fstat(number(), &facts) != 0) {
        return std::nullopt;
    }
    const mode_t mode = facts.st_mode;
    const bool isStream = S_ISFIFO(mode) || S_ISSOCK(mode) || S_ISCHR(mode);
    return FileFacts { S_ISREG(mode) ? FileFacts::Kind::Regular
            : S_ISDIR(mode)          ? FileFacts::Kind::Folder
            : isStream               ? FileFacts::Kind::Stream
                                     : FileFacts::Kind::Other,
        facts.st_size, facts.st_mtim.tv_sec };
}

std::optional<DiskRoom> SystemFile::room() const
{
    struct statvfs disk { };
    if (::fstatvfs(number(), &disk) != 0) {
        return std::nullopt;
    }
    const auto block = static_cast<qint64>(disk.f_frsize);
    return DiskRoom { static_cast<qint64>(disk.f_bavail) * block, static_cast<qint64>(disk.f_blocks) * block };
}

qint64 SystemFile::read(char* to, qint64 size, qint64 position) const
{
    qint64 done = 0;
    while (done < size) {
        const ssize_t got = uninterrupted(
            [&] { return ::pread(number(), to + done, static_cast<std::size_t>(size - done), position + done); });
        if (got <= 0) {
            break;
        }
        done += got;
    }
    return done;
}

qint64 SystemFile::write(const char* data, qint64 size, qint64 position)
{
    qint64 done = 0;
    while (done < size) {
        const ssize_t written = uninterrupted(
            [&] { return ::pwrite(number(), data + done, static_cast<std::size_t>(size - done), position + done); });
        if (written <= 0) {
            m_error = written < 0 ? errno : EIO;
            break;
        }
        done += written;
    }
    return done;
}

int SystemFile::truncate(qint64 size)
{
    m_error = ::ftruncate(number(), size) == 0 ? 0 : errno;
    return m_error;
}

int SystemFile::append(const char* data, qint64 size)
{
    m_error = 0;
    while (size > 0) {
        const ssize_t written = uninterrupted([&] { return ::write(number(), data, static_cast<std::size_t>(size)); });
        if (written < 0) {
            m_error = errno;
            break;
        }
        data += written;
        size -= written;
    }
    return m_error;
}

qint64 SystemFile::readNext(char* to, qint64 size, std::chrono::milliseconds patience)
{
    pollfd waiting { number(), POLLIN, 0 };
    const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) {
        m_error = EAGAIN;
        return -1;
    }
    const ssize_t got = ::read(number(), to, static_cast<std::size_t>(size));
    if (got < 0) {
        m_error = errno == EINTR ? EAGAIN : errno;
    }
    return got;
}

int SystemFile::sync()
{
    // EINVAL: it is none that can be synced.
    m_error = ::fsync(number()) != 0 && errno != EINVAL ? errno : 0;
    return m_error;
}

void SystemFile::takePermissionsOf(const QString& path)
{
    struct stat present { };
    if (::stat(QFile::encodeName(path).constData(), &present) == 0) {
        [[maybe_unused]] const int kept = ::fchmod(number(), present.st_mode & 0777);
    }
}

QString SystemFile::ownPath() const
{
    return isOpen() ? u"/proc/self/fd/" + QString::number(number()) : QString();
}

int renameFile(const QString& from, const QString& to)
{
    return ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0 ? 0 : errno;
}

void takeSizeLimitAsError()
{
    static const bool done = [] {
        struct sigaction present { };
        if (::sigaction(SIGXFSZ, nullptr, &present) == 0 && present.sa_handler == SIG_DFL) {
            std::signal(SIGXFSZ, SIG_IGN);
        }
        return true;
    }();
    Q_UNUSED(done)
}

} // namespace sockeye
