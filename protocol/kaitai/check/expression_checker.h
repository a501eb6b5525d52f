// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/names.h"
#include "protocol/kaitai/load/cursor.h"

#include <QHash>

namespace sockeye::kaitai {

/// What an expression may refer to beside the fields of its type.
struct Scope {
    std::optional<Type> item; ///< what "_" is
};

/// Finds what the names in expressions stand for, and what each expression gives. Every problem is reported once.
class ExpressionChecker {
public:
    ExpressionChecker(const Program& program, Report& report);

    /// Nothing if the expression is wrong, or follows from something that is.
    std::optional<Type> check(PlacedExpression& expression, const TypeSpec& spec, const Scope& scope);
    /// The same for one that must give a value of that kind; `expected` names it: "an integer".
    void expect(PlacedExpression& expression, const TypeSpec& spec, const Scope& scope, Type::Kind kind);
    /// Whether what follows says how many bytes something has.
    void setOfLength(bool isIt) { m_isOfLength = isIt; }
    [[nodiscard]] bool isOfLength() const { return m_isOfLength; }
    /// The type of an attribute, also of a value instance that nobody has asked for before.
    std::optional<Type> typeOf(const TypeSpec& spec, int slot);

private:
    friend class ExpressionWalk;
    enum class State : quint8 { Unknown, Computing, Known, Wrong };

    TypeSpec& writable(const TypeSpec& spec) { return *m_writable.value(&spec); }

    const Program& m_program;
    Report& m_report;
    QHash<const TypeSpec*, TypeSpec*> m_writable;
    QHash<const Attribute*, State> m_states;
    int m_depth = 0;
    bool m_isOfLength = false;
};

/// Whether values of the two types can be compared: for order, or only whether they are equal.
[[nodiscard]] bool isComparable(const Type& a, const Type& b, bool forOrder);

} // namespace sockeye::kaitai
