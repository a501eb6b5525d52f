// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/terminal/read_input.h"
#include "app/cli/terminal/tr.h"

#include <QFile>

#include <cstdio>

namespace sockeye::cli {

tl::expected<QByteArray, QString> readInput(const QString& name)
{
    QFile file(name);
    const bool open = name == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open) {
        return tl::unexpected(tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    }
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) {
        return tl::unexpected(tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    }
    return bytes;
}

} // namespace sockeye::cli
