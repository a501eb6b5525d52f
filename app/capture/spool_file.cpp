// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/capture/spool_file.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sockeye {

namespace {

SpoolFile createNamed(const QString& file)
{
    SpoolFile result;
    result.path = file;
    result.descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (result.descriptor < 0) {
        result.failure = spoolFailure(file, errno);
        return result;
    }
    struct stat facts { };
    if (::fstat(result.descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        // A pipe or a device gives back nothing of what was written to it.
        ::close(result.descriptor);
        result.descriptor = -1;
        result.failure = spoolFailure(file, ESPIPE);
    }
    return result;
}

SpoolFile createTemporary()
{
    SpoolFile result;
    result.temporary = true;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + u"/captures";
    if (!QDir().mkpath(folder)) {
        result.failure = spoolFailure(folder, errno != 0 ? errno : EACCES);
        return result;
    }
    QByteArray name =
        QFile::encodeName(folder + u"/capture-" + QString::number(static_cast<qint64>(::getpid())) + u"-XXXXXX.pcapng");
    result.descriptor = ::mkostemps(name.data(), 7, O_CLOEXEC); // makes it with mode 0600
    result.path = QFile::decodeName(name);
    if (result.descriptor < 0) {
        result.failure = spoolFailure(folder, errno);
    }
    return result;
}

} // namespace

SpoolFile createSpoolFile(const QString& file)
{
    return file.isEmpty() ? createTemporary() : createNamed(file);
}

Failure spoolFailure(const QString& path, int error)
{
    return makeFailure(FailureCode::SpoolFull, path, qt_error_string(error));
}

} // namespace sockeye
