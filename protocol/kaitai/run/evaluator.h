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
    [[nodiscard]] std::optional<Integer> integer(const Expression& expression, const ExpressionContext& context);
    [[nodiscard]] std::optional<bool> boolean(const Expression& expression, const ExpressionContext& context);
    /// -1 where a comes first, 1 where b does, 0 where they are equal. Nothing if they cannot be compared.
    [[nodiscard]] std::optional<int> compare(const Value& a, const Value& b);
    [[nodiscard]] std::optional<qint64> sizeOf(const Value& array);
    [[nodiscard]] std::optional<Value> elementOf(const Value& array, qint64 index);

private:
    friend class MethodCall;
    std::optional<Value> at(const Expression& expression, int node, const ExpressionContext& context);
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
};

} // namespace sockeye::kaitai
