// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

namespace sockeye {

/// What is accepted. Limits are settings; these are the defaults of the wire protocol.
struct Limits {
    qint64 maxContent = 64 * 1024 * 1024; ///< bytes of content
    int maxDepth = 64; ///< nesting of JSON, header and content alike
    qint64 maxLine = 1024 * 1024; ///< bytes of a line (protocol "lines")
};

} // namespace sockeye
