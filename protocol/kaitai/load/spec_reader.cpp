// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/kaitai/load/spec_reader.h"

#include "protocol/kaitai/base/words.h"
#include "protocol/kaitai/load/attribute_reader.h"
#include "protocol/kaitai/load/meta_reader.h"
#include "protocol/kaitai/load/own_keys.h"
#include "protocol/kaitai/load/type_reader.h"
#include "protocol/kaitai/model/parser.h"

namespace sockeye::kaitai {

namespace {

void checkIdentifier(QByteArrayView id, const SourcePosition& place, Report& report)
{
    if (!isIdentifier(id)) {
        report.add(place,
            tr("A name of lower-case letters, digits and underscores that begins with a letter was expected, not %1.")
                .arg(quoted(id)));
    }
}

void readEnum(const Cursor& yaml, EnumSpec& spec, Report& report)
{
    if (!yaml.expect(NodeKind::Map, report)) {
        return;
    }
    for (std::size_t i = 0; i < yaml.count(); ++i) {
        const Cursor member = yaml.value(i);
        const auto key = parseExpression(yaml.keyText(i));
        const auto value = key ? key->constant() : std::nullopt;
        if (!value) {
            report.add(
                member.place(), tr("A whole number was expected as the key, not %1.").arg(quoted(yaml.keyText(i))));
            continue;
        }
        QByteArray name;
        if (member.is(NodeKind::Map)) {
            member.expectKeys({ "id", "doc", "doc-ref" }, report);
            name = member["id"].scalar(report);
        } else {
            name = member.scalar(report);
            if (name.isEmpty()) {
                continue;
            }
        }
        checkIdentifier(name, member.place(), report);
        if (spec.members.contains(name)) {
            report.add(member.place(), tr("The name %1 comes twice in this enum.").arg(quoted(name)));
        } else if (!spec.names.emplace(*value, name).second) {
            report.add(
                member.place(), tr("The value %1 comes twice in this enum.").arg(QString::fromUtf8(value->toText())));
        }
        spec.members.insert(name, *value);
        spec.order.emplace_back(name, *value);
    }
}

class SpecReader {
public:
    SpecReader(Module& module, Report& report)
        : m_module(module)
        , m_report(report)
    {
    }

    void read(const Cursor& yaml, TypeSpec& spec);

private:
    void parameters(const Cursor& yaml, TypeSpec& spec);
    void sequence(const Cursor& yaml, TypeSpec& spec);
    void instances(const Cursor& yaml, TypeSpec& spec);
    void types(const Cursor& yaml, TypeSpec& spec);
    void enums(const Cursor& yaml, TypeSpec& spec);
    void add(TypeSpec& spec, Attribute attribute);

    Module& m_module;
    Report& m_report;
};

void SpecReader::add(TypeSpec& spec, Attribute attribute)
{
    if (attribute.id.isEmpty()) {
        attribute.isNamed = false;
        const int number = spec.slotCount() - (attribute.role == Attribute::Role::Sequence ? spec.parameterCount : 0);
        attribute.id = "_unnamed" + QByteArray::number(number);
    } else {
        checkIdentifier(attribute.id, attribute.idPlace, m_report);
    }
    const int before = spec.slotOf(attribute.id);
    if (before >= 0) {
        m_report.add(attribute.idPlace,
            tr("The name %1 is already taken, by %2.")
                .arg(quoted(attribute.id), QString::fromUtf8(spec.at(before).idPlace.path)));
    } else {
        spec.slotsById.insert(attribute.id, spec.slotCount());
    }
    spec.attributes.push_back(std::move(attribute));
}

void SpecReader::parameters(const Cursor& yaml, TypeSpec& spec)
{
    if (yaml.exists() && yaml.expect(NodeKind::List, m_report)) {
        for (std::size_t i = 0; i < yaml.count(); ++i) {
            add(spec, readParameter(yaml.item(i), m_report));
        }
    }
    spec.parameterCount = spec.slotCount();
}

void SpecReader::sequence(const Cursor& yaml, TypeSpec& spec)
{
    if (yaml.exists() && yaml.expect(NodeKind::List, m_report)) {
        for (std::size_t i = 0; i < yaml.count(); ++i) {
            add(spec, readAttribute(yaml.item(i), spec, {}, m_report));
        }
    }
    spec.fieldEnd = spec.slotCount();
}

void SpecReader::instances(const Cursor& yaml, TypeSpec& spec)
{
    if (yaml.exists() && yaml.expect(NodeKind::Map, m_report)) {
        for (std::size_t i = 0; i < yaml.count(); ++i) {
            if (yaml.key(i).kind != NodeKind::Scalar || yaml.keyText(i).isEmpty()) {
                m_report.add(yaml.place(), tr("A name was expected as the key of an instance."));
                continue;
            }
            add(spec, readAttribute(yaml.value(i), spec, yaml.keyText(i), m_report));
        }
    }
}

void SpecReader::types(const Cursor& yaml, TypeSpec& spec)
{
    if (!yaml.exists() || !yaml.expect(NodeKind::Map, m_report)) {
        return;
    }
    for (std::size_t i = 0; i < yaml.count(); ++i) {
        auto type = std::make_unique<TypeSpec>();
        type->name = yaml.keyText(i);
        type->up = &spec;
        type->top = spec.top;
        checkIdentifier(type->name, yaml.value(i).place(), m_report);
        read(yaml.value(i), *type);
        spec.types.push_back(std::move(type));
    }
}

void SpecReader::enums(const Cursor& yaml, TypeSpec& spec)
{
    if (!yaml.exists() || !yaml.expect(NodeKind::Map, m_report)) {
        return;
    }
    for (std::size_t i = 0; i < yaml.count(); ++i) {
        auto one = std::make_unique<EnumSpec>();
        one->name = yaml.keyText(i);
        one->place = yaml.value(i).place();
        checkIdentifier(one->name, one->place, m_report);
        readEnum(yaml.value(i), *one, m_report);
        spec.enums.push_back(std::move(one));
    }
}

void SpecReader::read(const Cursor& yaml, TypeSpec& spec)
{
    spec.place = yaml.place();
    if (!yaml.is(NodeKind::Map) && !(yaml.is(NodeKind::Null) && spec.up != nullptr)) {
        (void)yaml.expect(NodeKind::Map, m_report);
        return;
    }
    if (yaml.is(NodeKind::Map)) {
        yaml.expectKeys(
            { "meta", "doc", "doc-ref", "to-string", "params", "seq", "types", "instances", "enums" }, m_report);
    }
    readMeta(yaml["meta"], spec, spec.up == nullptr ? &m_module : nullptr, m_report);
    parameters(yaml["params"], spec);
    sequence(yaml["seq"], spec);
    instances(yaml["instances"], spec);
    enums(yaml["enums"], spec);
    types(yaml["types"], spec);
    if (yaml.has("to-string")) {
        spec.toText = yaml["to-string"].expression(m_report);
    }
    if (yaml.is(NodeKind::Map)) {
        readOwnKeys(yaml, spec, m_report);
    }
}

} // namespace

std::unique_ptr<Module> readModule(const Cursor& yaml, Report& report)
{
    auto module = std::make_unique<Module>();
    module->file = yaml.file();
    module->top = std::make_unique<TypeSpec>();
    module->top->top = module->top.get();
    SpecReader(*module, report).read(yaml, *module->top);
    return module;
}

} // namespace sockeye::kaitai
