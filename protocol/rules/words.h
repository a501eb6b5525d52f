// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QString>

namespace sockeye::rules {

/// A sentence for people in their language.
[[nodiscard]] inline QString say(const char* text)
{
    return QCoreApplication::translate("rules", text);
}

} // namespace sockeye::rules
