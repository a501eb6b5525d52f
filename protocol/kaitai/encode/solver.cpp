// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/encode/encoder.h"

namespace sockeye::kaitai {

namespace {

constexpr int deepestSolving = 100;

} // namespace

bool Solver::solve(const Expression& expression, const ExpressionContext& context, const Integer& wanted)
{
    return number(expression, expression.root(), context, wanted.wide());
}

bool Solver::solve(const Expression& expression, const ExpressionContext& context, bool wanted)
{
    return truth(expression, expression.root(), context, wanted);
}

std::optional<Wide> Solver::valueOf(const Expression& expression, int node, const ExpressionContext& context)
{
    const auto value = m_encoder.m_evaluator.evaluate(expression, node, context);
    if (!value) {
        (void)m_encoder.m_run.forgive();
        return std::nullopt;
    }
    if (const auto* flag = value->as<bool>()) {
        return *flag ? 1 : 0;
    }
    const auto* integer = value->as<Integer>();
    return integer == nullptr ? std::nullopt : std::optional(integer->wide());
}

bool Solver::number(const Expression& expression, int index, const ExpressionContext& context, Wide wanted)
{
    if (m_depth > deepestSolving || index < 0) {
        return false;
    }
    ++m_depth;
    const ExpressionNode& node = expression.nodes[static_cast<std::size_t>(index)];
    bool found = false;
    switch (node.op) {
    case Op::Field:
        if (const auto integer = Integer::fromWide(wanted)) {
            found = field(expression, node, context, Value { *integer });
        }
        break;
    case Op::Negate:
        found = number(expression, node.a, context, -wanted);
        break;
    case Op::Cast:
        found = number(expression, node.a, context, wanted);
        break;
    case Op::Method:
        found = node.method == Method::EnumToInteger && number(expression, node.a, context, wanted);
        break;
    case Op::Ternary:
        if (const auto condition = valueOf(expression, node.a, context)) {
            found = number(expression, *condition != 0 ? node.b : node.c, context, wanted);
        }
        break;
    default:
        found = operation(expression, node, context, wanted);
        break;
    }
    --m_depth;
    return found;
}

bool Solver::operation(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context, Wide wanted)
{
    if (node.op < Op::Add || node.op > Op::ShiftRight || node.op == Op::Modulo) {
        return false;
    }
    const auto right = valueOf(expression, node.b, context);
    const auto left = right ? std::nullopt : valueOf(expression, node.a, context);
    if (!right && !left) {
        return false;
    }
    const int unknown = right ? node.a : node.b;
    const Wide other = right ? *right : *left;
    constexpr int mostShift = 62;
    switch (node.op) {
    case Op::Add:
        return number(expression, unknown, context, wanted - other);
    case Op::Subtract:
        return number(expression, unknown, context, right ? wanted + other : other - wanted);
    case Op::Multiply:
        return other != 0 && wanted % other == 0 && number(expression, unknown, context, wanted / other);
    case Op::Divide:
        return right && other > 0 && wanted < (Wide(1) << mostShift)
            && number(expression, unknown, context, wanted * other);
    case Op::ShiftLeft: {
        const bool fits = right && other >= 0 && other <= mostShift;
        const Wide factor = fits ? Wide(1) << static_cast<int>(other) : 1;
        return fits && wanted % factor == 0 && number(expression, unknown, context, wanted / factor);
    }
    case Op::ShiftRight: {
        const bool fits = right && other >= 0 && other <= mostShift && wanted < (Wide(1) << mostShift);
        return fits && number(expression, unknown, context, wanted * (Wide(1) << static_cast<int>(other)));
    }
    default:
        return false;
    }
}

bool Solver::field(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context, const Value& wanted)
{
    int object = context.object;
    if (node.a >= 0) {
        const auto owner = m_encoder.m_evaluator.evaluate(expression, node.a, context);
        const auto* found = owner ? owner->as<ObjectValue>() : nullptr;
        if (found == nullptr) {
            (void)m_encoder.m_run.forgive();
            return false;
        }
        object = found->index;
    }
    const Heap& heap = m_encoder.m_run.heap;
    const TypeSpec& spec = *heap.object(object).spec;
    const int slot = &spec == node.spec ? node.slot : spec.slotOf(node.text);
    if (slot < 0) {
        return false;
    }
    const Attribute& what = spec.at(slot);
    const auto* flag = wanted.as<bool>();
    const Wide integer = flag != nullptr ? (*flag ? 1 : 0) : wanted.as<Integer>()->wide();
    if (what.role == Attribute::Role::ValueInstance) {
        const Expression& value = what.value.expression;
        return flag != nullptr ? truth(value, value.root(), { object }, *flag)
                               : number(value, value.root(), { object }, integer);
    }
    if (what.role == Attribute::Role::Parameter && heap.object(object).owner >= 0) {
        const Object& made = heap.object(object);
        const Attribute& attribute = heap.object(made.owner).spec->at(made.ownerSlot);
        const Reading* reading = attribute.cases.size() == 1 ? &attribute.cases.front().reading
                                                             : heap.slot(made.owner, made.ownerSlot).reading;
        if (reading == nullptr || static_cast<std::size_t>(slot) >= reading->arguments.size()) {
            return false;
        }
        const Expression& argument = reading->arguments[static_cast<std::size_t>(slot)].expression;
        const ExpressionContext outer { made.owner, nullptr, made.ownerIndex };
        return flag != nullptr ? truth(argument, argument.root(), outer, *flag)
                               : number(argument, argument.root(), outer, integer);
    }
    if (what.role != Attribute::Role::Sequence || heap.slot(object, slot).state != Slot::State::Empty) {
        return false;
    }
    const bool isBoolean = what.elementType.kind == Type::Kind::Boolean;
    m_encoder.assign(object, slot, isBoolean ? Value { integer != 0 } : Value { *Integer::fromWide(integer) });
    return true;
}

bool Solver::truth(const Expression& expression, int index, const ExpressionContext& context, bool wanted)
{
    if (m_depth > deepestSolving || index < 0) {
        return false;
    }
    ++m_depth;
    const ExpressionNode& node = expression.nodes[static_cast<std::size_t>(index)];
    bool found = false;
    switch (node.op) {
    case Op::Field:
        found = field(expression, node, context, Value { wanted });
        break;
    case Op::Not:
        found = truth(expression, node.a, context, !wanted);
        break;
    case Op::And:
    case Op::Or:
        // Both sides are settled only if all of them must be true, or none may be.
        if ((node.op == Op::And) == wanted) {
            const auto settled = [&](int side) {
                const auto value = valueOf(expression, side, context);
                return value ? (*value != 0) == wanted : truth(expression, side, context, wanted);
            };
            found = settled(node.a) && settled(node.b);
        }
        break;
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual: {
        const auto right = valueOf(expression, node.b, context);
        const auto left = right ? std::nullopt : valueOf(expression, node.a, context);
        if (!right && !left) {
            break;
        }
        const Wide limit = right ? *right : *left;
        const bool equality = node.op == Op::Equal || node.op == Op::NotEqual;
        Wide value = limit;
        if (equality && (node.op == Op::Equal) != wanted) {
            value = limit == 0 ? 1 : 0;
        } else if (!equality) {
            // As it would read with the missing value at the left.
            const bool isGreater = (node.op == Op::Greater || node.op == Op::GreaterEqual) == right.has_value();
            const bool orEqual = node.op == Op::LessEqual || node.op == Op::GreaterEqual;
            const Wide beyond = isGreater == wanted ? 1 : -1;
            value = orEqual == wanted ? limit : limit + beyond;
        }
        found = number(expression, right ? node.a : node.b, context, value);
        break;
    }
    default:
        break;
    }
    --m_depth;
    return found;
}

} // namespace sockeye::kaitai
