// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/token.h"
#include "protocol/filter/value.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace sockeye::filter {

/// A name that filters may use, and what is known of it.
struct FieldInfo {
    enum class Kind : quint8 {
        Value,
        Flag, ///< always true or false; alone it means "is true", not "is there"
        Tree, ///< what lies below it is for the rows to say
    };
    QString name; ///< "size"; one dot at most: "peer.port"
    Type type = Type::Any;
    Kind kind = Kind::Value;
    Unit unit = Unit::None;
    QStringList values = {}; ///< all that a text can be, or where `isOpen` those that are known
    bool isOpen = false;
    QString about = {}; ///< a few words for who completes a name
};

/// A field that a capture has, for completion and for the doubt whether there is one.
struct OccurringField {
    QString path; ///< as filters write it, with [*] for each element
    QStringList values = {}; ///< some of its values, as filters write them
};

/// The names of what is filtered. A name's place in `fields` is what rows are asked by. A value.
struct Schema {
    QList<FieldInfo> fields;
    /// The field, a Tree, whose outermost fields are used as if they were in `fields`, unless their names are there
    /// already; -1: there is none.
    int messageFields = -1;
    /// Their names; nothing: only rows know.
    std::optional<QStringList> messageNames;
    /// What occurs; nothing: nobody has looked.
    std::optional<QList<OccurringField>> occurring;
    bool hasSelection = false; ///< whether $ means anything

    [[nodiscard]] int indexOf(QStringView name) const; ///< -1 if there is none
    [[nodiscard]] QStringList names() const; ///< of `fields` and of the message
};

/// A name as a path has it: in quotes where it could not stand without them.
[[nodiscard]] QString nameInPath(const QString& name);

} // namespace sockeye::filter
