// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/filter.h"
#include "protocol/filter/program.h"

namespace sockeye::filter {

/// One look at one row. Single values are compared where they are; memory is needed for texts that have to be made, and
/// where several values meet several.
class Evaluation {
public:
    Evaluation(const Row& row, const Row* selected, Run& run);

    [[nodiscard]] bool matches(const Program& program);
    /// One test that asks for no field.
    [[nodiscard]] bool test(const Test& test);
    /// The first value of one side of a test; Absent where there is none.
    [[nodiscard]] Value first(const Operand& operand);
    /// What the groups of a test's regular expression catch; nothing where it is nowhere, or the test has none. Views
    /// into the row, or into what `run` keeps.
    [[nodiscard]] std::vector<QByteArrayView> groups(const Test& test);

private:
    template <typename Use> bool each(const Operand& operand, Use&& use);
    template <typename Accepts> bool quantified(const Operand& operand, Accepts&& accepts);
    [[nodiscard]] bool compared(const Test& test, Operation operation);
    [[nodiscard]] bool passes(Operation operation, const Value& left, const Value& right);
    [[nodiscard]] bool isInSet(const Test& test, const Value& value);
    [[nodiscard]] Value through(const std::vector<Function>& functions, Value value);
    [[nodiscard]] Value functionOf(Function function, const Value& value);
    [[nodiscard]] const Row* rowOf(const Operand& operand) const { return operand.selected ? m_selected : &m_row; }
    void charge(qint64 bytes) { m_run.m_steps -= 1 + bytes / 64; }

    const Row& m_row;
    const Row* m_selected;
    Run& m_run;
};

} // namespace sockeye::filter
