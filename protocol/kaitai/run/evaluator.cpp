// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/run/evaluator.h"

#include "protocol/kaitai/base/words.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstring>

namespace sockeye::kaitai {

namespace {

bool isBinary(Op op)
{
    return op >= Op::Add && op <= Op::GreaterEqual;
}

Value booleanValue(bool flag)
{
    return { flag };
}

std::optional<double> numberOf(const Value& value)
{
    if (const auto* integer = value.as<Integer>()) {
        return integer->toDouble();
    }
    const auto* number = value.as<double>();
    return number == nullptr ? std::nullopt : std::optional(*number);
}

int signOf(std::partial_ordering order)
{
    return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
}

int compareBytes(QByteArrayView a, QByteArrayView b)
{
    const auto shorter = static_cast<std::size_t>(std::min(a.size(), b.size()));
    const int common = shorter == 0 ? 0 : std::memcmp(a.data(), b.data(), shorter);
    return common != 0 ? (common < 0 ? -1 : 1) : a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

} // namespace

std::optional<Value> Evaluator::evaluate(const Expression& expression, const ExpressionContext& context)
{
    return at(expression, expression.root(), context);
}

std::optional<Integer> Evaluator::integer(const Expression& expression, const ExpressionContext& context)
{
    if (expression.top().op == Op::Integer) {
        return expression.top().integer;
    }
    const Value* const field = known(expression, context);
    const auto value = field == nullptr ? evaluate(expression, context) : std::nullopt;
    if (field == nullptr && !value) {
        return std::nullopt;
    }
    const auto* integer = (field == nullptr ? *value : *field).as<Integer>();
    return integer != nullptr ? std::optional(*integer)
                              : fault(tr("%1 gives no integer.").arg(quoted(expression.text)));
}

std::optional<bool> Evaluator::boolean(const Expression& expression, const ExpressionContext& context)
{
    const auto value = evaluate(expression, context);
    if (!value) {
        return std::nullopt;
    }
    const auto* flag = value->as<bool>();
    return flag != nullptr ? std::optional(*flag) : fault(tr("%1 gives no boolean.").arg(quoted(expression.text)));
}

const Value* Evaluator::known(
    const Expression& expression, int index, const ExpressionContext& context, Value& constant)
{
    const ExpressionNode& what = expression.nodes[static_cast<std::size_t>(index)];
    if (what.op == Op::Integer || what.op == Op::EnumMember) {
        constant.data = what.integer;
        return m_run.step() ? &constant : nullptr;
    }
    const bool isOwnField = what.op == Op::Field && what.a < 0 && context.object >= 0
        && m_run.heap.object(context.object).spec == what.spec;
    return isOwnField && m_run.step() ? m_fields.knownField(context.object, what.slot) : nullptr;
}

std::optional<Value> Evaluator::at(const Expression& expression, int index, const ExpressionContext& context)
{
    if (!m_run.step()) {
        return std::nullopt;
    }
    const ExpressionNode& what = expression.nodes[static_cast<std::size_t>(index)];
    if (what.op == Op::Integer || what.op == Op::EnumMember) {
        return Value { what.integer };
    }
    if (what.op == Op::Field && what.a < 0) {
        return fieldOf(what, context.object);
    }
    if (isBinary(what.op)) {
        // The most frequent conditions, "kind == 3", are decided without a copy.
        Value first;
        Value second;
        const Value* const a = known(expression, what.a, context, first);
        const Value* const b = a == nullptr ? nullptr : known(expression, what.b, context, second);
        if (b != nullptr) {
            return binary(what, *a, *b);
        }
    }
    std::optional<Value> out;
    if (m_run.enterExpression()) {
        out = node(expression, what, context);
    }
    m_run.leaveExpression();
    return out;
}

std::optional<Value> Evaluator::node(
    const Expression& expression, const ExpressionNode& node, const ExpressionContext& context)
{
    switch (node.op) {
    case Op::Float:
        return Value { node.number };
    case Op::Text:
        return Value { TextValue { node.text } };
    case Op::Bytes:
        return Value { BytesValue { node.text } };
    case Op::Boolean:
        return booleanValue(node.flag);
    case Op::Index:
        return context.index >= 0 ? std::optional(Value { Integer::fromSigned(context.index) })
                                  : fault(tr("“_index” has a value only in a repeated field."));
    case Op::Item:
        return context.item != nullptr ? std::optional(*context.item) : fault(tr("“_” stands for nothing here."));
    case Op::This:
        return Value { ObjectValue { context.object } };
    case Op::List:
        return list(expression, node, context);
    case Op::FString:
        return fstring(expression, node, context);
    case Op::Method:
        return method(expression, node, context);
    case Op::And:
    case Op::Or: {
        const auto left = at(expression, node.a, context);
        const auto* flag = left ? left->as<bool>() : nullptr;
        if (flag == nullptr || *flag == (node.op == Op::Or)) {
            return left && flag == nullptr ? fault(tr("“and” and “or” need booleans.")) : left;
        }
        return at(expression, node.b, context);
    }
    case Op::Ternary: {
        const auto condition = at(expression, node.a, context);
        if (!condition) {
            return std::nullopt;
        }
        const auto* flag = condition->as<bool>();
        return flag == nullptr ? fault(tr("What stands before “?” gives no boolean."))
                               : at(expression, *flag ? node.b : node.c, context);
    }
    default:
        break;
    }
    std::optional<Value> a;
    if (node.a >= 0) {
        a = at(expression, node.a, context);
        if (!a) {
            return std::nullopt;
        }
    }
    switch (node.op) {
    case Op::Field: {
        const auto* object = a->as<ObjectValue>();
        return object == nullptr ? fault(tr("%1 is asked of what is no object.").arg(quoted(node.text)))
                                 : fieldOf(node, object->index);
    }
    case Op::Root:
    case Op::Parent:
    case Op::Stream: {
        const auto* object = a ? a->as<ObjectValue>() : nullptr;
        if (a && object == nullptr) {
            return fault(tr("%1 is asked of what is no object.").arg(quoted(node.text)));
        }
        return special(node, object == nullptr ? context.object : object->index);
    }
    case Op::Negate:
    case Op::Invert:
    case Op::Not:
        return unary(node, *a);
    case Op::Cast:
        return cast(node, std::move(*a));
    default:
        break;
    }
    const auto b = at(expression, node.b, context);
    if (!b) {
        return std::nullopt;
    }
    return binary(node, *a, *b);
}

std::optional<Value> Evaluator::binary(const ExpressionNode& node, const Value& a, const Value& b)
{
    switch (node.op) {
    case Op::Subscript: {
        const auto* index = b.as<Integer>();
        return index == nullptr ? fault(tr("An index must be an integer.")) : elementOf(a, index->clamped());
    }
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual: {
        const auto order = compare(a, b);
        if (!order) {
            return std::nullopt;
        }
        const int sign = *order;
        return booleanValue(node.op == Op::Equal ? sign == 0
                : node.op == Op::NotEqual        ? sign != 0
                : node.op == Op::Less            ? sign < 0
                : node.op == Op::LessEqual       ? sign <= 0
                : node.op == Op::Greater         ? sign > 0
                                                 : sign >= 0);
    }
    default:
        return arithmetic(node, a, b);
    }
}

std::optional<Value> Evaluator::fieldOf(const ExpressionNode& node, int object)
{
    if (object < 0) {
        return fault(tr("There is no object that could have %1.").arg(quoted(node.text)));
    }
    const TypeSpec* spec = m_run.heap.object(object).spec;
    // Where the description cannot know the type for sure, the value may be of another one that has such a field, too.
    const int slot = spec == node.spec ? node.slot : spec->slotOf(node.text);
    if (slot < 0) {
        return fault(tr("There is no field %1 in %2.").arg(quoted(node.text), quoted(spec->name)));
    }
    Value out;
    return m_fields.field(object, slot, out) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<Value> Evaluator::special(const ExpressionNode& node, int object)
{
    if (object < 0) {
        return fault(tr("There is no object that could have %1.").arg(quoted(node.text)));
    }
    const Object& from = m_run.heap.object(object);
    if (node.op == Op::Stream) {
        return Value { StreamValue { from.stream } };
    }
    const int found = node.op == Op::Root ? from.root : from.parent;
    if (found < 0) {
        return fault(node.op == Op::Root ? tr("%1 is of another file and has no “_root”.").arg(quoted(from.spec->name))
                                         : tr("%1 has no “_parent” here.").arg(quoted(from.spec->name)));
    }
    return Value { ObjectValue { found } };
}

std::optional<Value> Evaluator::unary(const ExpressionNode& node, const Value& a)
{
    if (const auto* flag = a.as<bool>(); flag != nullptr && node.op == Op::Not) {
        return booleanValue(!*flag);
    }
    if (const auto* number = a.as<double>(); number != nullptr && node.op == Op::Negate) {
        return Value { -*number };
    }
    if (const auto* integer = a.as<Integer>(); integer != nullptr && node.op != Op::Not) {
        const auto result = Integer::fromWide(node.op == Op::Negate ? -integer->wide() : -integer->wide() - 1);
        return result ? std::optional(Value { *result }) : fault(tr("The result does not fit 64 bits."));
    }
    return fault(tr("The operator does not go with this kind of value."));
}

std::optional<Value> Evaluator::arithmetic(const ExpressionNode& node, const Value& a, const Value& b)
{
    const auto* x = a.as<Integer>();
    const auto* y = b.as<Integer>();
    if (x != nullptr && y != nullptr) {
        return wholeNumbers(node.op, *x, *y);
    }
    const auto* s = a.as<TextValue>();
    const auto* t = b.as<TextValue>();
    if (s != nullptr && t != nullptr && node.op == Op::Add) {
        const qint64 size = s->utf8.size() + t->utf8.size();
        return m_run.makeBytes(size) ? std::optional(Value { TextValue { s->utf8 + t->utf8 } }) : std::nullopt;
    }
    const auto p = numberOf(a);
    const auto q = numberOf(b);
    if (!p || !q) {
        return fault(tr("The operator does not go with these kinds of values."));
    }
    switch (node.op) {
    case Op::Add:
        return Value { *p + *q };
    case Op::Subtract:
        return Value { *p - *q };
    case Op::Multiply:
        return Value { *p * *q };
    case Op::Divide:
        return Value { *p / *q };
    case Op::Modulo:
        return Value { *p - *q * std::floor(*p / *q) };
    default:
        return fault(tr("The operator does not go with these kinds of values."));
    }
}

std::optional<Value> Evaluator::wholeNumbers(Op op, const Integer& a, const Integer& b)
{
    const Wide x = a.wide();
    const Wide y = b.wide();
    Wide result = 0;
    switch (op) {
    case Op::Add:
        result = x + y;
        break;
    case Op::Subtract:
        result = x - y;
        break;
    case Op::Multiply:
        // The product of two 64-bit numbers fits, but for the sign of the largest ones.
        if (__builtin_mul_overflow(x, y, &result)) {
            return fault(tr("The result does not fit 64 bits."));
        }
        break;
    case Op::Divide:
    case Op::Modulo: {
        if (y == 0) {
            return fault(tr("A number is divided by zero."));
        }
        // Towards the smaller number, so that the remainder has the divisor's sign.
        const Wide quotient = x / y - ((x % y != 0 && (x < 0) != (y < 0)) ? 1 : 0);
        result = op == Op::Divide ? quotient : x - quotient * y;
        break;
    }
    case Op::ShiftLeft:
    case Op::ShiftRight: {
        constexpr int bits = 64;
        if (y < 0) {
            return fault(tr("Bits are shifted by a negative number."));
        }
        if (op == Op::ShiftRight) {
            result = y >= bits ? (x < 0 ? -1 : 0) : x >> static_cast<int>(y);
        } else if (y >= bits && x != 0) {
            return fault(tr("The result does not fit 64 bits."));
        } else {
            result = y >= bits ? 0 : x * (Wide(1) << static_cast<int>(y));
        }
        break;
    }
    case Op::BitAnd:
        result = x & y;
        break;
    case Op::BitOr:
        result = x | y;
        break;
    case Op::BitXor:
        result = x ^ y;
        break;
    default:
        break;
    }
    const auto out = Integer::fromWide(result);
    return out ? std::optional(Value { *out }) : fault(tr("The result does not fit 64 bits."));
}

std::optional<int> Evaluator::compare(const Value& a, const Value& b)
{
    const auto* x = a.as<Integer>();
    const auto* y = b.as<Integer>();
    if (x != nullptr && y != nullptr) {
        return signOf(*x <=> *y);
    }
    const auto p = numberOf(a);
    const auto q = numberOf(b);
    if (p && q) {
        return *p < *q ? -1 : *p > *q ? 1 : *p == *q ? 0 : 1; // NaN is equal to nothing
    }
    if (a.as<TextValue>() != nullptr && b.as<TextValue>() != nullptr) {
        const QByteArray& s = a.as<TextValue>()->utf8;
        const QByteArray& t = b.as<TextValue>()->utf8;
        return m_run.lookAt(std::min(s.size(), t.size())) ? std::optional(compareBytes(s, t)) : std::nullopt;
    }
    if (a.as<bool>() != nullptr && b.as<bool>() != nullptr) {
        return static_cast<int>(*a.as<bool>()) - static_cast<int>(*b.as<bool>());
    }
    const auto isBytes = [](const Value& v) { return v.as<BytesValue>() != nullptr || v.as<RangeValue>() != nullptr; };
    if (isBytes(a) && isBytes(b)) {
        const QByteArrayView s = m_run.heap.bytesOf(a);
        const QByteArrayView t = m_run.heap.bytesOf(b);
        return m_run.lookAt(std::min(s.size(), t.size())) ? std::optional(compareBytes(s, t)) : std::nullopt;
    }
    return fault(tr("Values of different kinds are compared."));
}

} // namespace sockeye::kaitai
