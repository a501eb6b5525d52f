// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/pattern.h"
#include "protocol/filter/syntax.h"

#include <memory>
#include <vector>

namespace sockeye::filter {

/// A side of a test, its names looked up.
struct Operand {
    enum class Kind : quint8 { Literal, Field, Tree };
    Kind kind = Kind::Literal;
    bool selected = false; ///< of the selected row
    bool isFlag = false;
    bool isMany = false; ///< a path with [*] in it
    bool all = false; ///< of many: each has to pass, not just one
    bool counts = false; ///< count(): the functions behind it see one number
    int field = -1;
    Path path; ///< Tree: below the field
    std::optional<Slice> slice;
    std::vector<Function> before; ///< each value goes through these, in this order; no Any, All and Count
    std::vector<Function> after; ///< Count: and its number through these
    Literal literal;
    Type type = Type::Any; ///< of what comes out, as far as it is known
    Unit unit = Unit::None;
};

struct Test {
    struct Item {
        Literal first;
        std::optional<Literal> last;
    };
    Operation operation = Operation::Exists;
    Operand left;
    Operand right;
    std::vector<Item> set;
    std::shared_ptr<const Pattern> pattern;
};

/// What a filter comes to: one result that is true or false, tests that set it, and jumps that leave out those whose
/// result does not matter any more.
struct Program {
    enum class Code : quint8 {
        Test, ///< the result is that of tests[to]
        Not,
        JumpIfTrue, ///< go on at code[to]
        JumpIfFalse,
    };
    struct Instruction {
        Code code = Code::Test;
        int to = 0;
    };
    std::vector<Instruction> code;
    std::vector<Test> tests;
};

} // namespace sockeye::filter
