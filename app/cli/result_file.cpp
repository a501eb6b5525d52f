// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/result_file.h"

#include "app/cli/terminal/output.h"
#include "app/export/file_saver.h"
#include "app/export/pending_file.h"

#include <QFileInfo>

namespace sockeye::cli {

namespace {

bool isWell(const Failure& failure)
{
    if (failure) {
        complain(failure.oneLine());
    }
    return !failure;
}

} // namespace

bool canBeWritten(const QString& name)
{
    const QFileInfo info(name);
    const bool isDevice = info.exists() && !info.isFile() && !info.isDir();
    if (name.isEmpty() || name == u"-" || isDevice) {
        return true; // a pipe is opened once
    }
    PendingFile file(name);
    static_cast<void>(file.create()); // it goes with this
    return isWell(file.failure());
}

bool writeResult(Output& output, const QString& name, const QByteArray& bytes)
{
    if (name == u"-") {
        output.write(bytes);
        return true;
    }
    return name.isEmpty() || isWell(writeWhole(name, bytes).failure);
}

} // namespace sockeye::cli
