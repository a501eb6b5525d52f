// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/check/resolve.h"

#include "protocol/kaitai/base/words.h"

namespace sockeye::kaitai {

namespace {

/// Looks up the names in one module.
class NameResolver {
public:
    NameResolver(const Program& program, const Module& module, Report& report)
        : m_program(program)
        , m_module(module)
        , m_report(report)
    {
    }

    void resolve(TypeSpec& spec)
    {
        for (Attribute& attribute : spec.attributes) {
            resolve(spec, attribute);
        }
    }

private:
    void resolve(const TypeSpec& spec, Attribute& attribute);
    void parameter(const TypeSpec& spec, Attribute& attribute);
    void readingsOf(const TypeSpec& spec, Attribute& attribute);
    [[nodiscard]] Type typeOf(const Reading& reading) const;

    const Program& m_program;
    const Module& m_module;
    Report& m_report;
};

Type NameResolver::typeOf(const Reading& reading) const
{
    switch (reading.kind) {
    case Reading::Kind::Integer:
        return reading.size == 1 ? Type::byte() : Type::of(Type::Kind::Integer);
    case Reading::Kind::Float:
        return Type::of(Type::Kind::Float);
    case Reading::Kind::Bits:
        return Type::of(reading.isBoolean ? Type::Kind::Boolean : Type::Kind::Integer);
    case Reading::Kind::Bytes:
        return Type::of(Type::Kind::Bytes);
    case Reading::Kind::Text:
        return Type::of(Type::Kind::Text);
    case Reading::Kind::Struct:
        // One that is not found has been reported: what follows from it is not.
        return reading.spec == nullptr ? Type::of(Type::Kind::Any) : Type::structOf(reading.spec);
    }
    return {};
}

void NameResolver::parameter(const TypeSpec& spec, Attribute& attribute)
{
    const Reading& written = attribute.cases.front().reading;
    const auto type = typeNamed(m_program, spec, written.typeName);
    if (!type) {
        m_report.add(written.place, tr("There is no type %1.").arg(quoted(written.typeName)));
        return;
    }
    attribute.elementType = *type;
}

void NameResolver::readingsOf(const TypeSpec& spec, Attribute& attribute)
{
    std::optional<Type> type;
    bool hasElse = false;
    for (Case& one : attribute.cases) {
        Reading& reading = one.reading;
        hasElse = hasElse || one.isElse;
        if (reading.kind == Reading::Kind::Struct && !reading.typeName.isEmpty()) {
            reading.spec = findType(m_program, spec, reading.typeName);
            if (reading.spec == nullptr) {
                m_report.add(reading.place,
                    m_module.opaqueTypes
                        ? tr("The type %1 is opaque: it needs code of its author's own, which cannot be run here.")
                              .arg(quoted(reading.typeName))
                        : tr("There is no type %1.").arg(quoted(reading.typeName)));
            }
        }
        type = type ? combined(*type, typeOf(reading)) : typeOf(reading);
    }
    // What no case is for is left as bytes, where it is known how many.
    if (!hasElse && attribute.extent.isGiven()) {
        type = Type::of(Type::Kind::Any);
    }
    attribute.elementType = type.value_or(Type::of(Type::Kind::Any));
    if (attribute.isContents) {
        attribute.elementType = Type::of(Type::Kind::Bytes);
    }
}

void NameResolver::resolve(const TypeSpec& spec, Attribute& attribute)
{
    if (attribute.role == Attribute::Role::Parameter) {
        parameter(spec, attribute);
    } else if (attribute.role != Attribute::Role::ValueInstance) {
        readingsOf(spec, attribute);
    }
    if (!attribute.enumName.isEmpty()) {
        attribute.enumeration = findEnum(m_program, spec, attribute.enumName);
        if (attribute.enumeration == nullptr) {
            m_report.add(attribute.enumPlace, tr("There is no enum %1.").arg(quoted(attribute.enumName)));
        } else if (attribute.role != Attribute::Role::ValueInstance) {
            if (!attribute.elementType.is(Type::Kind::Integer)) {
                m_report.add(attribute.enumPlace,
                    tr("Only an integer can be of an enum, not %1.").arg(nameOf(attribute.elementType)));
            }
            attribute.elementType = Type::enumOf(attribute.enumeration);
        }
    }
    if (attribute.role != Attribute::Role::ValueInstance) {
        attribute.type = attribute.isRepeated() ? Type::arrayOf(attribute.elementType) : attribute.elementType;
    }
    if (attribute.checksum.algorithm != nullptr) {
        ChecksumRule& rule = attribute.checksum;
        rule.fromSlot = spec.slotOf(rule.from);
        rule.toSlot = spec.slotOf(rule.to);
        const auto isField = [&](int slot) { return slot >= spec.parameterCount && slot < spec.fieldEnd; };
        if (!isField(rule.fromSlot) || !isField(rule.toSlot) || rule.fromSlot > rule.toSlot) {
            m_report.add(rule.place, tr("“from” and “to” must be fields of this type, in this order."));
        }
    }
}

} // namespace

void resolveNames(const Program& program, Report& report)
{
    for (const auto& module : program.modules) {
        NameResolver resolver(program, *module, report);
        forEachType(*module, [&](TypeSpec& spec) { resolver.resolve(spec); });
    }
}

} // namespace sockeye::kaitai
