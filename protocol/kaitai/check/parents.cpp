// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/expression_checker.h"
#include "protocol/kaitai/check/resolve.h"

#include <set>

namespace sockeye::kaitai {

namespace {

/// Walks from the top of each file to the types that its fields have: whoever has a field of a type is the parent of
/// its objects.
class ParentFinder {
public:
    explicit ParentFinder(const Program& program)
        : m_program(program)
        , m_checker(program, m_silent)
    {
    }

    void visit(TypeSpec& spec)
    {
        if (!m_seen.insert(&spec).second) {
            return;
        }
        std::vector<TypeSpec*> found;
        for (Attribute& attribute : spec.attributes) {
            if (attribute.role == Attribute::Role::Parameter || attribute.role == Attribute::Role::ValueInstance) {
                continue;
            }
            const TypeSpec* parent = parentFor(spec, attribute);
            for (const Case& one : attribute.cases) {
                TypeSpec* child = one.reading.kind == Reading::Kind::Struct && one.reading.spec != nullptr
                    ? findType(m_program, spec, one.reading.typeName)
                    : nullptr;
                // Objects of another file's type do not know who has them.
                if (child != nullptr && child->top == spec.top) {
                    if (attribute.hasParent) {
                        mark(*child, parent);
                    }
                    found.push_back(child);
                }
            }
        }
        m_waiting.insert(m_waiting.end(), found.begin(), found.end());
    }

    void run(TypeSpec& first)
    {
        m_waiting.push_back(&first);
        // In the order in which they are found: a parent's own parent is known before it is asked for.
        for (std::size_t i = 0; i < m_waiting.size(); ++i) {
            visit(*m_waiting[i]);
        }
        m_waiting.clear();
    }

private:
    static void mark(TypeSpec& child, const TypeSpec* parent)
    {
        if (child.hasParentType && child.parentType != parent) {
            child.parentVaries = true;
        }
        child.parentType = parent;
        child.hasParentType = true;
    }

    const TypeSpec* parentFor(const TypeSpec& spec, const Attribute& attribute)
    {
        if (attribute.parent.isEmpty()) {
            return &spec;
        }
        PlacedExpression copy = attribute.parent;
        const auto type = m_checker.check(copy, spec, {});
        return type && type->kind == Type::Kind::Struct ? type->spec : nullptr;
    }

    const Program& m_program;
    Report m_silent; ///< what is wrong is reported later, when all is known
    ExpressionChecker m_checker;
    std::set<const TypeSpec*> m_seen;
    std::vector<TypeSpec*> m_waiting;
};

} // namespace

void resolveParents(const Program& program)
{
    for (const auto& module : program.modules) {
        ParentFinder finder(program);
        finder.run(*module->top);
        forEachType(*module, [&](TypeSpec& spec) { finder.run(spec); });
    }
    for (const auto& module : program.modules) {
        forEachType(*module, [](TypeSpec& spec) {
            if (spec.parentVaries) {
                spec.parentType = nullptr;
            }
        });
    }
}

} // namespace sockeye::kaitai
