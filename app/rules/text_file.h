// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/mistake.h"

#include <QByteArray>
#include <QString>

namespace sockeye {

// Files in TOML that people write, and files that those name. They read the disk: not for the GUI thread.

/// All that inputBytes() has of a name, UTF-8 that is no longer than such texts are.
[[nodiscard]] tl::expected<QString, QString> fileText(const QString& name);

/// What is wrong with a text that `file` has: a sentence a line, with file, line and column.
[[nodiscard]] QStringList sentencesOf(const QList<rules::Mistake>& mistakes, const QString& text, const QString& file);

} // namespace sockeye
