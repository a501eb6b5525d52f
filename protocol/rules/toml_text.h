// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/rules/mistake.h"

#include <QString>

#include <vector>

namespace sockeye::rules {

struct TomlMember;

/// A value of a TOML text, with its place there.
struct TomlValue {
    enum class Kind : quint8 {
        Table,
        Array,
        Text,
        Integer,
        Real,
        Boolean,
        Time, ///< a date or a time of day: there is no use for it here
    };
    Kind kind = Kind::Table;
    qsizetype at = 0; ///< in UTF-16 units; of a table or array that has no brackets of its own, of its name
    qsizetype length = 0; ///< 0: not known
    QString text; ///< Text
    qint64 integer = 0; ///< Integer; Boolean: 0 or 1
    double real = 0; ///< Real
    std::vector<TomlMember> members; ///< Table: in the order of the text
    std::vector<TomlValue> items; ///< Array

    [[nodiscard]] const TomlMember* find(QStringView key) const; ///< of a Table; null if there is none
};

struct TomlMember {
    QString key;
    qsizetype at = 0; ///< of the key
    qsizetype length = 0;
    TomlValue value;
};

inline constexpr qsizetype maxRulesText = 1024 * 1024; ///< UTF-16 units

/// Reads TOML 1.0: its outermost table. What lies in each other is no deeper than some hundred levels.
[[nodiscard]] Result<TomlValue> readToml(QStringView text);

} // namespace sockeye::rules
