// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace sockeye::filter {

/// Why a text is no filter; or, as a remark, what is surprising in one that is. Places are in UTF-16 units of the text.
struct Mistake {
    qsizetype at = 0; ///< of the first character at fault; at most the size of the text
    qsizetype length = 0; ///< 0 where something is missing
    QString text; ///< a sentence: what is wrong, and what was expected
    QString suggestion; ///< what may stand there instead; empty where nothing comes to mind

    friend bool operator==(const Mistake&, const Mistake&) = default;
};

template <typename T> using Result = tl::expected<T, Mistake>;

[[nodiscard]] inline tl::unexpected<Mistake> wrong(
    qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {})
{
    return tl::unexpected(Mistake { at, length, text, suggestion });
}

/// The line at fault, shortened, over a line with carets below the place: two lines for a terminal, without a character
/// that could command it.
[[nodiscard]] QString withCaret(const Mistake& mistake, QStringView text);

} // namespace sockeye::filter
