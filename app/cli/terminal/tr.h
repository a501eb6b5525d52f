// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>

namespace sockeye::cli {

/// A sentence of the command line, in the language of whoever reads it.
[[nodiscard]] inline QString tr(const char* text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace sockeye::cli
