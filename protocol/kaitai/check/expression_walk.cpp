// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/expression_walk.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/sizes.h"

namespace sockeye::kaitai {

namespace {

bool isNumber(const Type& type)
{
    return type.kind == TypeKind::Integer || type.kind == TypeKind::Float;
}

} // namespace

bool ExpressionWalk::visit(std::size_t index)
{
    ExpressionNode& node = m_nodes[index];
    switch (node.op) {
    case Op::Integer: {
        const bool fits = !node.integer.isNegative() && node.integer.bits() <= 0xff;
        return is(node, fits ? Type::byte() : Type::of(TypeKind::Integer));
    }
    case Op::Float:
        return is(node, Type::of(TypeKind::Float));
    case Op::Text:
    case Op::FString:
        return is(node, Type::of(TypeKind::Text));
    case Op::Bytes:
        return is(node, Type::of(TypeKind::Bytes));
    case Op::Boolean:
        return is(node, Type::of(TypeKind::Boolean));
    case Op::Name:
        return name(node);
    case Op::Dot:
    case Op::Call:
        return member(node, node.op == Op::Call);
    case Op::EnumMember:
        return enumMember(node);
    case Op::SizeOfType:
        return sizeOfType(node);
    case Op::List:
        return list(node);
    case Op::Subscript:
        return subscript(node);
    case Op::Cast:
        return cast(node);
    case Op::Negate:
    case Op::Invert:
    case Op::Not:
        return unary(node);
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::Divide:
    case Op::Modulo:
    case Op::ShiftLeft:
    case Op::ShiftRight:
    case Op::BitAnd:
    case Op::BitOr:
    case Op::BitXor:
        return arithmetic(node);
    case Op::Equal:
    case Op::NotEqual:
    case Op::Less:
    case Op::LessEqual:
    case Op::Greater:
    case Op::GreaterEqual:
        return comparison(node);
    case Op::And:
    case Op::Or:
        if (!typeAt(node.a).is(TypeKind::Boolean) || !typeAt(node.b).is(TypeKind::Boolean)) {
            return wrong(
                tr("“and” and “or” need booleans, not %1 and %2.").arg(nameOf(typeAt(node.a)), nameOf(typeAt(node.b))));
        }
        return is(node, Type::of(TypeKind::Boolean));
    case Op::Ternary:
        return ternary(node);
    case Op::Field:
    case Op::Root:
    case Op::Parent:
    case Op::Stream:
    case Op::Index:
    case Op::Item:
    case Op::This:
    case Op::Method:
        // It was looked at before, perhaps when less was known; its text is still there.
        return node.a < 0 ? name(node) : member(node, !node.list.empty());
    }
    return false;
}

bool ExpressionWalk::field(ExpressionNode& node, const TypeSpec& owner, int slot)
{
    const auto type = m_checker.typeOf(owner, slot);
    if (!type) {
        return false;
    }
    Attribute& referred = m_checker.writable(owner).attributes[static_cast<std::size_t>(slot)];
    referred.isReferred = true;
    referred.isLength = referred.isLength || m_checker.isOfLength();
    node.op = Op::Field;
    node.slot = slot;
    node.spec = &owner;
    return is(node, *type);
}

bool ExpressionWalk::name(ExpressionNode& node)
{
    if (node.text == "_io") {
        node.op = Op::Stream;
        return is(node, Type::of(TypeKind::Stream));
    }
    if (node.text == "_root") {
        node.op = Op::Root;
        return is(node, Type::structOf(m_spec.top));
    }
    if (node.text == "_parent") {
        node.op = Op::Parent;
        return is(node, Type::structOf(m_spec.parentType));
    }
    if (node.text == "_index") {
        node.op = Op::Index;
        return is(node, Type::of(TypeKind::Integer));
    }
    if (node.text == "_sizeof") {
        const auto bits = sizeInBits(m_spec);
        return bits ? constant(node, (*bits + 7) / 8)
                    : wrong(tr("Values of the type %1 are not always of the same size.").arg(quoted(m_spec.name)));
    }
    if (node.text == "_") {
        node.op = Op::Item;
        return m_scope.item ? is(node, *m_scope.item) : wrong(tr("“_” stands for nothing here."));
    }
    const int slot = m_spec.slotOf(node.text);
    return slot >= 0 ? field(node, m_spec, slot)
                     : wrong(tr("There is no field %1 in %2.").arg(quoted(node.text), quoted(m_spec.name)));
}

bool ExpressionWalk::sizeOfOperand(ExpressionNode& node)
{
    const ExpressionNode& operand = at(node.a);
    std::optional<qint64> bits;
    if (operand.op == Op::Field) {
        bits = sizeInBits(*operand.spec, operand.spec->at(operand.slot));
    } else if (operand.type.kind == TypeKind::Struct && operand.type.spec != nullptr) {
        bits = sizeInBits(*operand.type.spec);
    }
    return bits ? constant(node, (*bits + 7) / 8)
                : wrong(tr("This is not always of the same size: “_sizeof” cannot be told."));
}

bool ExpressionWalk::member(ExpressionNode& node, bool isCall)
{
    const Type object = typeAt(node.a);
    if (node.text == "_sizeof" && !isCall) {
        return sizeOfOperand(node);
    }
    if (object.kind == TypeKind::Struct && !isCall) {
        if (node.text == "_io") {
            node.op = Op::Stream;
            return is(node, Type::of(TypeKind::Stream));
        }
        if (node.text == "_root" || node.text == "_parent") {
            const bool isRoot = node.text == "_root";
            node.op = isRoot ? Op::Root : Op::Parent;
            return is(node,
                Type::structOf(object.spec == nullptr ? nullptr
                        : isRoot                      ? object.spec->top
                                                      : object.spec->parentType));
        }
        const int slot = object.spec == nullptr ? -1 : object.spec->slotOf(node.text);
        if (slot >= 0) {
            return field(node, *object.spec, slot);
        }
    }
    const MethodInfo info = findMethod(object, node.text);
    if (info.method == Method::None) {
        return wrong(object.kind == TypeKind::Any
                ? tr("It is not known what kind of value has %1 here: say it with “.as<type>”.").arg(quoted(node.text))
                : tr("There is no %1 in %2.").arg(quoted(node.text), nameOf(object)));
    }
    if (!arguments(node, info, object)) {
        return false;
    }
    node.op = Op::Method;
    node.method = info.method;
    return is(node, info.result);
}

bool ExpressionWalk::arguments(const ExpressionNode& node, const MethodInfo& info, const Type& object)
{
    const auto count = static_cast<int>(node.list.size());
    if (count < info.least || count > info.most) {
        return wrong(tr("The number of arguments of %1 of %2 is wrong: %3.")
                         .arg(quoted(node.text), nameOf(object), QString::number(count)));
    }
    for (const int argument : node.list) {
        const bool wantsText = info.method == Method::BytesToText;
        if (wantsText && at(argument).op != Op::Text) {
            return wrong(tr("“to_s” needs the name of an encoding, as a string in quotes."));
        }
        if (!wantsText && !typeAt(argument).is(TypeKind::Integer)) {
            return wrong(tr("%1 needs an integer, not %2.").arg(quoted(node.text), nameOf(typeAt(argument))));
        }
    }
    return true;
}

bool ExpressionWalk::enumMember(ExpressionNode& node)
{
    const qsizetype last = node.text.lastIndexOf("::");
    const QByteArray path = node.text.first(last);
    const QByteArray name = node.text.sliced(last + 2);
    const EnumSpec* found = findEnum(m_checker.m_program, m_spec, path);
    if (found == nullptr) {
        return wrong(tr("There is no enum %1.").arg(quoted(path)));
    }
    if (!found->members.contains(name)) {
        return wrong(tr("The enum %1 has no %2.").arg(quoted(path), quoted(name)));
    }
    node.integer = found->members.value(name);
    return is(node, Type::enumOf(found));
}

bool ExpressionWalk::sizeOfType(ExpressionNode& node)
{
    const auto bits = sizeInBits(m_checker.m_program, m_spec, node.text);
    if (!bits) {
        return wrong(tr("There is no type %1 whose values are always of the same size.").arg(quoted(node.text)));
    }
    return constant(node, node.inBits ? *bits : (*bits + 7) / 8);
}

bool ExpressionWalk::list(ExpressionNode& node)
{
    Type element = typeAt(node.list.front());
    for (const int one : node.list) {
        element = combined(element, typeAt(one));
    }
    if (element.kind == TypeKind::Integer && element.isByte) {
        return is(node, Type::of(TypeKind::Bytes));
    }
    return is(node, Type::arrayOf(element));
}

bool ExpressionWalk::subscript(ExpressionNode& node)
{
    const Type& object = typeAt(node.a);
    if (!typeAt(node.b).is(TypeKind::Integer)) {
        return wrong(tr("An index must be an integer, not %1.").arg(nameOf(typeAt(node.b))));
    }
    if (object.kind == TypeKind::Array) {
        return is(node, Type(*object.element));
    }
    if (object.is(TypeKind::Bytes)) {
        return is(node, object.kind == TypeKind::Any ? object : Type::byte());
    }
    return wrong(tr("Only arrays and bytes have elements, not %1.").arg(nameOf(object)));
}

bool ExpressionWalk::cast(ExpressionNode& node)
{
    const auto type = typeNamed(m_checker.m_program, m_spec, node.text);
    return type ? is(node, *type) : wrong(tr("There is no type %1.").arg(quoted(node.text)));
}

bool ExpressionWalk::unary(ExpressionNode& node)
{
    const Type& operand = typeAt(node.a);
    const bool fits = node.op == Op::Not ? operand.is(TypeKind::Boolean)
        : node.op == Op::Invert          ? operand.is(TypeKind::Integer)
                                         : operand.is(TypeKind::Integer) || operand.is(TypeKind::Float);
    if (!fits) {
        return wrong(node.op == Op::Not ? tr("“not” needs a boolean, not %1.").arg(nameOf(operand))
                : node.op == Op::Invert ? tr("“~” needs an integer, not %1.").arg(nameOf(operand))
                                        : tr("“-” needs a number, not %1.").arg(nameOf(operand)));
    }
    return is(node, node.op == Op::Not ? Type::of(TypeKind::Boolean) : Type::of(operand.kind));
}

bool ExpressionWalk::arithmetic(ExpressionNode& node)
{
    const Type& left = typeAt(node.a);
    const Type& right = typeAt(node.b);
    if (node.op == Op::Add && left.is(TypeKind::Text) && right.is(TypeKind::Text)
        && (left.kind == TypeKind::Text || right.kind == TypeKind::Text)) {
        return is(node, Type::of(TypeKind::Text));
    }
    const bool whole = left.is(TypeKind::Integer) && right.is(TypeKind::Integer);
    const bool bitwise = node.op >= Op::ShiftLeft && node.op <= Op::BitXor;
    const bool numbers =
        (isNumber(left) || left.kind == TypeKind::Any) && (isNumber(right) || right.kind == TypeKind::Any);
    if (bitwise ? !whole : !numbers) {
        return wrong(tr("This operator does not go with %1 and %2.").arg(nameOf(left), nameOf(right)));
    }
    return is(node, Type::of(whole ? TypeKind::Integer : TypeKind::Float));
}

bool ExpressionWalk::comparison(ExpressionNode& node)
{
    const bool forOrder = node.op != Op::Equal && node.op != Op::NotEqual;
    if (!isComparable(typeAt(node.a), typeAt(node.b), forOrder)) {
        return wrong(tr("It is not possible to compare %1 with %2 this way.")
                         .arg(nameOf(typeAt(node.a)), nameOf(typeAt(node.b))));
    }
    return is(node, Type::of(TypeKind::Boolean));
}

bool ExpressionWalk::ternary(ExpressionNode& node)
{
    if (!typeAt(node.a).is(TypeKind::Boolean)) {
        return wrong(tr("What stands before “?” must be a boolean, not %1.").arg(nameOf(typeAt(node.a))));
    }
    return is(node, combined(typeAt(node.b), typeAt(node.c)));
}

bool isComparable(const Type& a, const Type& b, bool forOrder)
{
    if (a.kind == TypeKind::Any || b.kind == TypeKind::Any || (isNumber(a) && isNumber(b))) {
        return true;
    }
    if (a.kind != b.kind) {
        return false;
    }
    switch (a.kind) {
    case TypeKind::Boolean:
        return !forOrder;
    case TypeKind::Enumeration:
        return !forOrder && a.enumeration == b.enumeration;
    case TypeKind::Text:
    case TypeKind::Bytes:
        return true;
    default:
        return false;
    }
}

} // namespace sockeye::kaitai
