// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace sockeye {

/// What is wrong with a text that somebody wrote, or surprising in it. Places are in UTF-16 units of the text. A value.
struct TextMistake {
    qsizetype at = 0; ///< of the first character at fault; at most the size of the text
    qsizetype length = 0; ///< 0 where something is missing
    QString text; ///< a sentence: what is wrong, and what was expected
    QString suggestion; ///< what may stand there instead; empty where nothing comes to mind
    bool isWarning = false; ///< the text can be used all the same

    friend bool operator==(const TextMistake&, const TextMistake&) = default;
};

/// Where something stands in a text of several lines; both count from 1.
struct TextPlace {
    qsizetype line = 1;
    qsizetype column = 1;
};

[[nodiscard]] TextPlace placeIn(QStringView text, qsizetype at);

/// The sentence with its place in `text`, in one line: "Line 3, column 9: There is no …".
[[nodiscard]] QString describe(const TextMistake& mistake, QStringView text);
/// The same as compilers say it, for the command line: "rules.toml:3:9: There is no …".
[[nodiscard]] QString describe(const TextMistake& mistake, QStringView text, const QString& file);

/// The line at fault, shortened, over a line with carets below the place: two lines for a terminal, without a character
/// that could command it.
[[nodiscard]] QString withCaret(const TextMistake& mistake, QStringView text);

} // namespace sockeye
