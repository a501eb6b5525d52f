// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace sockeye::markdown {

/// Text as it reads, in a paragraph or in a cell of a table: nothing of it is taken for a mark. In one line.
[[nodiscard]] QString plain(const QString& text);
/// As code within a line, or in a cell of a table.
[[nodiscard]] QString code(const QString& text);
/// As code in lines of its own; `language` may be empty.
[[nodiscard]] QString block(const QString& text, const QString& language = {});
/// A table: its heads, then its rows of cells, which are Markdown already. Columns of `numbers` are aligned right.
[[nodiscard]] QString table(const QStringList& heads, const QList<QStringList>& rows, const QList<int>& numbers = {});

} // namespace sockeye::markdown
