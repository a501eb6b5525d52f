// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storage/spool_file.h"

#include "app/platform/system_error.h"
#include "app/storage/spool_folder.h"

#include <QCoreApplication>
#include <QDir>

#include <cerrno>

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
    const QString beginning = folder + u"/capture-" + QString::number(QCoreApplication::applicationPid()) + u'-';
    result.file = SystemFile::createLocked(beginning, QStringLiteral(".pcapng"), result.path);
    if (!result.file.isOpen()) {
        result.failure = spoolFailure(folder, result.file.error());
    }
    return result;
}

SpoolFile createNamed(const QString& file)
{
    const bool isOutput = file == QLatin1StringView("-");
    const QString name = isOutput ? QCoreApplication::translate("sockeye::Spool", "standard output") : file;
    SpoolFile result;
    result.path = file;
    result.file = isOutput ? SystemFile::standardOutput() : SystemFile::create(file);
    const std::optional<FileFacts> facts = result.file.facts();
    if (!facts) {
        result.failure = spoolFailure(name, result.file.error());
        return result;
    }
    if (isOutput || facts->kind != FileFacts::Kind::Regular) {
        SystemFile copy = std::move(result.file);
        result = createTemporary();
        result.copy = std::move(copy);
        result.copyName = name;
    }
    return result;
}

} // namespace

SpoolFile createSpoolFile(const QString& file)
{
    takeSizeLimitAsError();
    return file.isEmpty() ? createTemporary() : createNamed(file);
}

Failure spoolFailure(const QString& path, int error)
{
    return makeFailure(FailureCode::SpoolFull, path, systemErrorText(error));
}

} // namespace sockeye
