// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/filter.h"
#include "protocol/rules/toml_text.h"

#include <chrono>
#include <optional>

namespace sockeye::rules {

inline constexpr int maxMistakes = 100; ///< then nobody reads on

/// What "20ms", "1.5s" and their like say; nothing where that is no time. No longer than some hundred thousand years.
[[nodiscard]] std::optional<std::chrono::microseconds> readDuration(const QString& text);
inline constexpr std::chrono::hours longestDuration { 1 }; ///< that a text may ask for

/// Takes single keys out of the tables of a text in TOML, and keeps what is wrong with them.
class TableReader {
public:
    explicit TableReader(QStringView text)
        : m_text(text)
    {
    }

    [[nodiscard]] QStringView wholeText() const { return m_text; }
    void mistake(qsizetype at, qsizetype length, const QString& text, const QString& suggestion = {},
        bool isWarning = false); ///< no more than maxMistakes are kept
    void mistake(const Mistake& mistake);
    /// Something about a part of a string of TOML.
    void inString(const TomlValue& value, const Mistake& mistake);

    /// Whether `value` is a list of tables, `[[name]]`; what it is else is a mistake at `member`.
    [[nodiscard]] bool isTables(const TomlMember& member);
    /// What no table has is a mistake; `sentence` says what there is, %1 is the key at fault.
    void onlyKeys(const TomlValue& table, const QStringList& keys, const QString& sentence);

    // What a key says. Nothing, or `otherwise`: it is not there, or wrong.
    [[nodiscard]] const TomlMember* text(const TomlValue& table, QStringView key);
    [[nodiscard]] bool flag(const TomlValue& table, QStringView key, bool otherwise = false);
    [[nodiscard]] std::optional<std::chrono::microseconds> duration(
        const TomlValue& table, QStringView key); ///< no longer than an hour
    /// A filter; what is surprising about it is a warning.
    [[nodiscard]] std::optional<filter::Filter> filter(
        const TomlValue& table, QStringView key, const filter::Schema& schema);
    /// The name that people gave it.
    [[nodiscard]] QString title(const TomlValue& table, const QString& otherwise);

    /// In the order of the text, within it, each in one line of a length that can be read.
    [[nodiscard]] QList<Mistake> takeMistakes();

private:
    QStringView m_text;
    QList<Mistake> m_mistakes;
};

} // namespace sockeye::rules
