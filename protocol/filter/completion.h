// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/schema.h"

#include <QList>
#include <QString>

namespace sockeye::filter {

/// What may stand at a place of a filter.
struct Candidate {
    enum class Kind : quint8 { Field, Function, Operator, Value };
    Kind kind = Kind::Field;
    QString text; ///< as it is written
    QString about; ///< a few words for people; may be empty

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

struct Completion {
    qsizetype at = 0; ///< a candidate replaces the text from here,
    qsizetype length = 0; ///< so many UTF-16 units of it
    QList<Candidate> candidates; ///< at most maxCandidates, the fields in the order of the schema
};
inline constexpr qsizetype maxCandidates = 200;

/// What can go on at `cursor`, given what stands before it: names of the schema and of what occurs, operators that fit
/// the field, values that it can have. The filter need not be right, nor finished.
[[nodiscard]] Completion complete(QStringView text, qsizetype cursor, const Schema& schema);

} // namespace sockeye::filter
