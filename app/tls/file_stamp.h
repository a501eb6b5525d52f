// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace sockeye {

/// Tells whether files were written anew since they were last read: equal as long as all of them are what they were.
/// Names that are empty are left out.
[[nodiscard]] QString fileStamp(const QStringList& files);

} // namespace sockeye
