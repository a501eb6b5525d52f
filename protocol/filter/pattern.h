// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <vector>

namespace sockeye::filter {

/// A regular expression whose time grows with the length of what it looks at and with nothing else, and whose memory is
/// bounded. RE2 does the work; nobody else knows. Immutable; any thread may ask.
class Pattern {
public:
    /// What went wrong with an expression.
    struct Problem {
        QString what; ///< in the engine's words, English
        QString part; ///< of the expression; may be empty
    };
    /// `utf8`: the expression. Null after a problem.
    [[nodiscard]] static std::shared_ptr<const Pattern> make(QByteArrayView utf8, Problem& problem);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// Whether it is somewhere in a text.
    [[nodiscard]] bool isInText(QByteArrayView utf8) const;
    /// The same for bytes, each of which is a character: \xff is the byte.
    [[nodiscard]] bool isInBytes(QByteArrayView bytes) const;

    /// What its groups caught in the first match, the first group first; empty where a group has no part in it. False:
    /// it is nowhere. Views into `text`.
    [[nodiscard]] bool groups(QByteArrayView text, bool isBytes, std::vector<QByteArrayView>& caught) const;
    [[nodiscard]] int groupCount() const;

    /// Where it is in bytes; `offset` -1: nowhere.
    struct Match {
        qsizetype offset = -1;
        qsizetype size = 0;
    };
    /// The first match that begins at `from` or behind it; what is before that is seen by `^` and `\b` alone.
    [[nodiscard]] Match findInBytes(QByteArrayView bytes, qsizetype from) const;

private:
    struct Engines;
    explicit Pattern(std::unique_ptr<Engines> engines);
    std::unique_ptr<Engines> m_engines;
};

} // namespace sockeye::filter
