// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/expression_checker.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/check/expression_walk.h"

namespace sockeye::kaitai {

namespace {

constexpr int deepestInference = 200;

} // namespace

ExpressionChecker::ExpressionChecker(const Program& program, Report& report)
    : m_program(program)
    , m_report(report)
{
    for (const auto& module : program.modules) {
        forEachType(*module, [this](TypeSpec& spec) { m_writable.insert(&spec, &spec); });
    }
}

std::optional<Type> ExpressionChecker::check(PlacedExpression& expression, const TypeSpec& spec, const Scope& scope)
{
    if (!ExpressionWalk(*this, expression, spec, scope).run()) {
        return std::nullopt;
    }
    return expression.expression.top().type;
}

void ExpressionChecker::expect(PlacedExpression& expression, const TypeSpec& spec, const Scope& scope, Type::Kind kind)
{
    const auto type = check(expression, spec, scope);
    if (type && !type->is(kind)) {
        m_report.add(expression.place, tr("%1 was expected, not %2.").arg(nameOf(Type::of(kind)), nameOf(*type)));
    }
}

std::optional<Type> ExpressionChecker::typeOf(const TypeSpec& spec, int slot)
{
    const Attribute& attribute = spec.at(slot);
    if (attribute.role != Attribute::Role::ValueInstance) {
        return attribute.type;
    }
    State& state = m_states[&attribute];
    if (state == State::Known) {
        return attribute.type;
    }
    if (state == State::Wrong) {
        return std::nullopt;
    }
    Attribute& instance = writable(spec).attributes[static_cast<std::size_t>(slot)];
    if (state == State::Computing || m_depth >= deepestInference) {
        m_report.add(instance.value.place, tr("The value of %1 follows from itself.").arg(quoted(instance.id)));
        return std::nullopt;
    }
    state = State::Computing;
    ++m_depth;
    auto type = check(instance.value, spec, {});
    --m_depth;
    if (type && instance.enumeration != nullptr) {
        if (!type->is(TypeKind::Integer)) {
            m_report.add(instance.enumPlace, tr("Only an integer can be of an enum, not %1.").arg(nameOf(*type)));
        }
        type = Type::enumOf(instance.enumeration);
    }
    m_states[&attribute] = type ? State::Known : State::Wrong;
    if (type) {
        instance.type = *type;
        instance.elementType = *type;
    }
    return type;
}

} // namespace sockeye::kaitai
