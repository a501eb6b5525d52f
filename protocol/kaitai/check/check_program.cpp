// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/check_program.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/expression_checker.h"

namespace sockeye::kaitai {

namespace {

/// Checks the attributes of one type after the other.
class AttributeChecker {
public:
    AttributeChecker(const Program& program, Report& report)
        : m_checker(program, report)
        , m_report(report)
    {
    }

    void check(TypeSpec& spec)
    {
        byteOrder(spec);
        for (int slot = 0; slot < spec.slotCount(); ++slot) {
            (void)m_checker.typeOf(spec, slot);
            check(spec, spec.attributes[static_cast<std::size_t>(slot)]);
        }
        text(spec.toText, spec);
        text(spec.summary, spec);
    }

private:
    void check(const TypeSpec& spec, Attribute& attribute);
    void reading(const TypeSpec& spec, Attribute& attribute);
    void cases(const TypeSpec& spec, Attribute& attribute);
    void arguments(const TypeSpec& spec, Reading& reading);
    void validation(const TypeSpec& spec, Attribute& attribute);
    void comparable(PlacedExpression& expression, const TypeSpec& spec, const Type& with, bool forOrder);
    void byteOrder(TypeSpec& spec);

    void text(PlacedExpression& expression, const TypeSpec& spec)
    {
        if (!expression.isEmpty()) {
            m_checker.expect(expression, spec, {}, TypeKind::Text);
        }
    }
    void expect(PlacedExpression& expression, const TypeSpec& spec, TypeKind kind, const Scope& scope = {})
    {
        if (!expression.isEmpty()) {
            m_checker.expect(expression, spec, scope, kind);
        }
    }

    ExpressionChecker m_checker;
    Report& m_report;
};

void AttributeChecker::byteOrder(TypeSpec& spec)
{
    if (spec.orderOwner != &spec) {
        return;
    }
    const auto on = m_checker.check(spec.order.switchOn, spec, {});
    for (ByteOrderRule::Choice& choice : spec.order.choices) {
        if (!choice.isElse && on) {
            comparable(choice.key, spec, *on, false);
        } else if (!choice.isElse) {
            (void)m_checker.check(choice.key, spec, {});
        }
    }
}

void AttributeChecker::comparable(PlacedExpression& expression, const TypeSpec& spec, const Type& with, bool forOrder)
{
    if (expression.isEmpty()) {
        return;
    }
    const auto type = m_checker.check(expression, spec, {});
    // Values of an enum have no order in expressions, but a field may be bounded by one of them.
    const bool isEnum = with.is(TypeKind::Enumeration);
    if (type && !isComparable(with, *type, forOrder && !isEnum)) {
        m_report.add(expression.place,
            tr("It is not possible to compare %1 with %2 this way.").arg(nameOf(with), nameOf(*type)));
    }
}

void AttributeChecker::arguments(const TypeSpec& spec, Reading& reading)
{
    std::vector<std::optional<Type>> given;
    for (PlacedExpression& argument : reading.arguments) {
        given.push_back(m_checker.check(argument, spec, {}));
    }
    if (reading.kind != Reading::Kind::Struct || reading.spec == nullptr) {
        return;
    }
    if (static_cast<int>(given.size()) != reading.spec->parameterCount) {
        m_report.add(reading.place,
            tr("The type %1 has %2 parameters, but %3 are given.")
                .arg(quoted(reading.spec->name), QString::number(reading.spec->parameterCount),
                    QString::number(given.size())));
        return;
    }
    for (std::size_t i = 0; i < given.size(); ++i) {
        const Attribute& parameter = reading.spec->attributes[i];
        if (given[i] && !isAssignable(parameter.type, *given[i])) {
            m_report.add(reading.place,
                tr("The parameter %1 is %2 and cannot be %3.")
                    .arg(quoted(parameter.id), nameOf(parameter.type), nameOf(*given[i])));
        }
    }
}

void AttributeChecker::cases(const TypeSpec& spec, Attribute& attribute)
{
    std::optional<Type> on;
    if (!attribute.switchOn.isEmpty()) {
        on = m_checker.check(attribute.switchOn, spec, {});
    }
    for (Case& one : attribute.cases) {
        if (!one.isElse && !one.key.isEmpty()) {
            const auto type = m_checker.check(one.key, spec, {});
            if (on && type && !isComparable(*on, *type, false)) {
                m_report.add(one.key.place,
                    tr("It is not possible to compare %1 with %2 this way.").arg(nameOf(*on), nameOf(*type)));
            }
        }
        arguments(spec, one.reading);
    }
}

void AttributeChecker::validation(const TypeSpec& spec, Attribute& attribute)
{
    Validation& valid = attribute.validation;
    comparable(valid.equal, spec, attribute.elementType, false);
    comparable(valid.min, spec, attribute.elementType, true);
    comparable(valid.max, spec, attribute.elementType, true);
    for (PlacedExpression& one : valid.anyOf) {
        comparable(one, spec, attribute.elementType, false);
    }
    expect(valid.expression, spec, TypeKind::Boolean, { attribute.elementType });
    comparable(attribute.ownValue, spec, attribute.elementType, false);
    if (attribute.checksum.algorithm != nullptr) {
        const bool numeric = isNumeric(*attribute.checksum.algorithm);
        const Type& type = attribute.elementType;
        if (!type.is(TypeKind::Bytes) && !type.is(TypeKind::Text) && !(numeric && type.is(TypeKind::Integer))) {
            m_report.add(attribute.checksum.place,
                tr("A checksum is an integer, bytes, or a string of hexadecimal digits, not %1.").arg(nameOf(type)));
        }
    }
}

void AttributeChecker::reading(const TypeSpec& spec, Attribute& attribute)
{
    m_checker.setOfLength(true);
    expect(attribute.extent.size, spec, TypeKind::Integer);
    m_checker.setOfLength(false);
    expect(attribute.position, spec, TypeKind::Integer);
    expect(attribute.stream, spec, TypeKind::Stream);
    expect(attribute.repeatCount, spec, TypeKind::Integer);
    expect(attribute.repeatUntil, spec, TypeKind::Boolean, { attribute.elementType });
    expect(attribute.parent, spec, TypeKind::Struct);
    if (!attribute.process.argument.isEmpty()) {
        const auto type = m_checker.check(attribute.process.argument, spec, {});
        const bool isXor = attribute.process.kind == Process::Kind::Xor;
        if (type && !type->is(TypeKind::Integer) && !(isXor && type->is(TypeKind::Bytes))) {
            m_report.add(attribute.process.argument.place,
                isXor ? tr("An integer or bytes were expected, not %1.").arg(nameOf(*type))
                      : tr("An integer was expected, not %1.").arg(nameOf(*type)));
        }
    }
    cases(spec, attribute);
}

void AttributeChecker::check(const TypeSpec& spec, Attribute& attribute)
{
    expect(attribute.condition, spec, TypeKind::Boolean);
    if (attribute.role == Attribute::Role::Sequence || attribute.role == Attribute::Role::ReadInstance) {
        reading(spec, attribute);
    }
    validation(spec, attribute);
}

} // namespace

void checkProgram(const Program& program, Report& report)
{
    AttributeChecker checker(program, report);
    for (const auto& module : program.modules) {
        forEachType(*module, [&](TypeSpec& spec) { checker.check(spec); });
    }
}

} // namespace sockeye::kaitai
