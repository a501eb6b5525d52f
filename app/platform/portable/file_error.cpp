// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/platform/portable/file_error.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>

namespace sockeye {

int fileError(const QFileDevice& file)
{
    switch (file.error()) {
    case QFileDevice::ResourceError:
        return file.isOpen() ? ENOSPC : EMFILE;
    case QFileDevice::PermissionsError:
        return EACCES;
    case QFileDevice::OpenError: {
        const QFileInfo info(file.fileName());
        return info.isDir() ? EISDIR : info.exists() ? EACCES : ENOENT;
    }
    case QFileDevice::WriteError:
        return ENOSPC; // by far the likeliest, and Qt's own words for it are not for scripts
    default:
        return EIO;
    }
}

} // namespace sockeye
