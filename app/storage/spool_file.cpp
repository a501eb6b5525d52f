// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool_file.h"

#include "app/platform/system_error.h"
#include "app/storage/spool_folder.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockeye {

namespace {

SpoolFile createTemporary()
{
    SpoolFile result;
    result.temporary = true;
    const QString folder = spoolFolder();
    if (!QDir().mkpath(folder)) {
        result.failure = spoolFailure(folder, errno != 0 ? errno : EACCES);
        return result;
    }
    // It gets its name when it is locked: under that name it would else be taken for one that was left behind.
    QByteArray name =
        QFile::encodeName(folder + u"/capture-" + QString::number(static_cast<qint64>(::getpid())) + u"-XXXXXX.new");
    result.descriptor = ::mkostemps(name.data(), 4, O_CLOEXEC); // makes it with mode 0600
    if (result.descriptor < 0) {
        result.failure = spoolFailure(folder, errno);
        return result;
    }
    (void)::flock(result.descriptor, LOCK_EX); // where there are no locks, the capture itself still works
    const QByteArray locked = name.chopped(4) + ".pcapng";
    const bool renamed = std::rename(name.constData(), locked.constData()) == 0;
    result.path = QFile::decodeName(renamed ? locked : name);
    return result;
}

SpoolFile createNamed(const QString& file)
{
    const bool isOutput = file == QLatin1StringView("-");
    SpoolFile result;
    result.path = file;
    result.descriptor = isOutput
        ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
        : ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct stat facts { };
    if (result.descriptor < 0 || ::fstat(result.descriptor, &facts) != 0) {
        result.failure = spoolFailure(file, errno);
        return result;
    }
    if (isOutput || !S_ISREG(facts.st_mode)) {
        const int copy = result.descriptor;
        result = createTemporary();
        result.copy = copy;
    }
    return result;
}

/// A limit on the size of files is to be an error of the write, as a full disk is, and not a signal that ends us.
void ignoreSizeSignal()
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

} // namespace

SpoolFile createSpoolFile(const QString& file)
{
    ignoreSizeSignal();
    return file.isEmpty() ? createTemporary() : createNamed(file);
}

int handOn(int descriptor, const char* data, qint64 size)
{
    while (size > 0) {
        const ssize_t written = ::write(descriptor, data, static_cast<std::size_t>(size));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return errno;
        }
        data += written;
        size -= written;
    }
    return 0;
}

Failure spoolFailure(const QString& path, int error)
{
    return makeFailure(FailureCode::SpoolFull, path, systemErrorText(error));
}

} // namespace sockeye
