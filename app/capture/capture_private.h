// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/capture/capture_log.h"
#include "app/capture/reader/file_import.h"

namespace sockeye {

class CapturePrivate {
public:
    std::shared_ptr<CaptureLog> log;
    std::unique_ptr<FileImport> import; ///< of a file
};

} // namespace sockeye
