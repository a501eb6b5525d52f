// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/check/expression_checker.h"
#include "protocol/kaitai/check/methods.h"

namespace sockeye::kaitai {

/// The way through one expression, operands before what is made of them.
class ExpressionWalk {
public:
    ExpressionWalk(ExpressionChecker& checker, PlacedExpression& expression, const TypeSpec& spec, const Scope& scope)
        : m_checker(checker)
        , m_expression(expression)
        , m_nodes(expression.expression.nodes)
        , m_spec(spec)
        , m_scope(scope)
    {
    }

    bool run()
    {
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            if (!visit(i)) {
                return false;
            }
        }
        return !m_nodes.empty();
    }

private:
    bool visit(std::size_t index);
    bool name(ExpressionNode& node);
    bool member(ExpressionNode& node, bool isCall);
    bool field(ExpressionNode& node, const TypeSpec& owner, int slot);
    bool enumMember(ExpressionNode& node);
    bool sizeOfType(ExpressionNode& node);
    bool sizeOfOperand(ExpressionNode& node);
    bool list(ExpressionNode& node);
    bool subscript(ExpressionNode& node);
    bool cast(ExpressionNode& node);
    bool unary(ExpressionNode& node);
    bool arithmetic(ExpressionNode& node);
    bool comparison(ExpressionNode& node);
    bool ternary(ExpressionNode& node);
    bool arguments(const ExpressionNode& node, const MethodInfo& info, const Type& object);

    [[nodiscard]] ExpressionNode& at(int index) { return m_nodes[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Type& typeAt(int index) { return at(index).type; }
    bool wrong(const QString& text)
    {
        m_checker.m_report.add(m_expression.place, text);
        return false;
    }
    static bool is(ExpressionNode& node, Type type)
    {
        node.type = std::move(type);
        return true;
    }
    bool constant(ExpressionNode& node, qint64 value)
    {
        node.op = Op::Integer;
        node.integer = Integer::fromSigned(value);
        return is(node, Type::of(TypeKind::Integer));
    }

    ExpressionChecker& m_checker;
    PlacedExpression& m_expression;
    std::vector<ExpressionNode>& m_nodes;
    const TypeSpec& m_spec;
    const Scope& m_scope;
};

} // namespace sockeye::kaitai
