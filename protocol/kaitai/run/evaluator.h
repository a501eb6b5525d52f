// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/kaitai/run/run.h"

#include <optional>

namespace sockeye::kaitai {

/// Gives the evaluator the values of fields: reads or computes those that are not there yet.
class FieldSource {
public:
    /// False if it has none; the run says why.
    virtual bool field(int object, int slot, Value& out) = 0;
    /// The same without a copy, where it is there already: null if it is not. Good until something is read.
    [[nodiscard]] virtual const Value* knownField(int /*object*/, int /*slot*/) const { return nullptr; }

protected:
    ~FieldSource() = default;
};

/// Where an expression stands.
struct ExpressionContext {
    int object = -1;
    const Value* item = nullptr; ///< what "_" is
    qint64 index = -1; ///< what "_index" is
};

/// Computes expressions that were checked.
class Evaluator {
public:
    Evaluator(Run& run, FieldSource& fields)
        : m_run(run)
        , m_fields(fields)
    {
    }

    [[nodiscard]] std::optional<Value> evaluate(const Expression& expression, const ExpressionContext& context);
    /// One part of it.
    [[nodiscard]] std::optional<Value> evaluate(
        const Expression& expression, int node, const ExpressionContext& context)
    {
        return at(expression, node, context);
    }
    /// The value of one that is no more than a constant or the name of a field that is there; null for all others.
    /// Good until something is read.
    [[nodiscard]] const Value* known(const Expression& expression, const ExpressionContext& context)
    {
        return known(expression, expression.root(), context, m_constant);
    }
    [[nodiscard]] std::optional<Integer> integer(const Expression& expression, const ExpressionContext& context);
    [[nodiscard]] std::optional<bool> boolean(const Expression& expression, const ExpressionContext& context);
    /// -1 where a comes first, 1 where b does, 0 where they are equal. Nothing if they cannot be compared.
    [[nodiscard]] std::optional<int> compare(const Value& a, const Value& b);
    [[nodiscard]] std::optional<qint64> sizeOf(const Value& array);
    [[nodiscard]] std::optional<Value> elementOf(const Value& array, qint64 index);

private:
    friend class MethodCall;
    const Value* known(const Expression& expression, int node, const ExpressionContext& context, Value& constant);
    std::optional<Value> at(const Expression& expression, int node, const ExpressionContext& context);
    std::optional<Value> binary(const ExpressionNode& node, const Value& a, const Value& b);
    std::optional<Value> node(
        const Expression& expression, const ExpressionNode& node, const ExpressionContext& context);
    std::optional<Value> fieldOf(const ExpressionNode& node, int object);
    std::optional<Value> special(const ExpressionNode& node, int object);
    std::optional<Value> arithmetic(const ExpressionNode& node, const Value& a, const Value& b);
    std::optional<Value> wholeNumbers(Op op, const Integer& a, const Integer& b);
    std::optional<Value> unary(const ExpressionNode& node, const Value& a);
    std::optional<Value> cast(const ExpressionNode& node, Value value);
    std::optional<Value> list(
        const Expression& expression, const ExpressionNode& node, const ExpressionContext& context);
    std::optional<Value> fstring(
        const Expression& expression, const ExpressionNode& node, const ExpressionContext& context);
    std::optional<Value> method(
        const Expression& expression, const ExpressionNode& node, const ExpressionContext& context);
    std::nullopt_t fault(const QString& text)
    {
        (void)m_run.fault(text);
        return std::nullopt;
    }

    Run& m_run;
    FieldSource& m_fields;
    Value m_constant; ///< what known() may have found
};

} // namespace sockeye::kaitai
