// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye::rules {

/// What is wrong with a text of rules, or surprising in it. Places are in UTF-16 units of the text. A value.
struct Mistake {
    qsizetype at = 0; ///< of the first character at fault; at most the size of the text
    qsizetype length = 0; ///< 0 where something is missing
    QString text; ///< a sentence: what is wrong, and what was expected
    QString suggestion; ///< what may stand there instead; empty where nothing comes to mind
    bool isWarning = false; ///< the rules can be used all the same

    friend bool operator==(const Mistake&, const Mistake&) = default;
};

template <typename T> using Result = tl::expected<T, Mistake>;

[[nodiscard]] inline tl::unexpected<Mistake> wrong(
    qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {})
{
    return tl::unexpected(Mistake { at, length, text, suggestion });
}

/// The sentence with its place in `text`, in one line: "Line 3, column 9: There is no …".
[[nodiscard]] QString describe(const Mistake& mistake, QStringView text);
/// The same as compilers say it, for the command line: "rules.toml:3:9: There is no …".
[[nodiscard]] QString describe(const Mistake& mistake, QStringView text, const QString& file);

} // namespace sockeye::rules
