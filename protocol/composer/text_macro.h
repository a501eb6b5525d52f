// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/mistake.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace sockeye {

/// What macros of a text become at one moment.
struct MacroMoment {
    qint64 time = 0; ///< nanoseconds since the epoch
    quint64 number = 0; ///< how many messages went out before it
    std::function<quint32()> random; ///< evenly distributed; empty: zeroes
};

/// A macro in a text: what stands between "{{" and "}}".
///
/// "time": UTC as in 2026-11-27T09:30:00.123Z; "time s", "time ms", "time us": whole numbers since 1970.
/// "uuid": a random one (version 4). "counter": 1, 2, …; "counter 100": 100, 101, …
/// "random 8": so many random letters and digits.
struct TextMacro {
    enum class Kind : quint8 { Time, Uuid, Counter, Random };
    Kind kind = Kind::Time;
    qint64 number = 0; ///< Counter: the first one; Random: how many; Time: nanoseconds of a unit, 0 for a date

    /// All of it as text, of ASCII alone.
    [[nodiscard]] QString expanded(const MacroMoment& moment) const;
    /// How long that becomes at most, about.
    [[nodiscard]] qint64 longest() const
    {
        constexpr qint64 others = 40;
        return kind == Kind::Random ? number : others;
    }
};

/// What `words` name, which stand at `at` in a text.
[[nodiscard]] filter::Result<TextMacro> readMacro(QStringView words, qsizetype at);

[[nodiscard]] QStringList macroExamples(); ///< "{{time}}", …: one of each

} // namespace sockeye
